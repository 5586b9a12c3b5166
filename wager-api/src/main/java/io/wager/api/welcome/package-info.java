/** The page at the service's root. */
@NullMarked
package io.wager.api.welcome;

import org.jspecify.annotations.NullMarked;
