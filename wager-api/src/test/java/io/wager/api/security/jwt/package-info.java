/** Tokens of an identity provider. */
@NullMarked
package io.wager.api.security.jwt;

import org.jspecify.annotations.NullMarked;
