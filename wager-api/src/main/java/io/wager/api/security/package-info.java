/** Lets in who proves itself by a key or a token, and decides by the role that an operation needs. */
@NullMarked
package io.wager.api.security;

import org.jspecify.annotations.NullMarked;
