/** Who is let in. */
@NullMarked
package io.wager.api.security;

import org.jspecify.annotations.NullMarked;
