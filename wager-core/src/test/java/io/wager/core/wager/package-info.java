/** Tests of the wager's rules. */
@NullMarked
package io.wager.core.wager;

import org.jspecify.annotations.NullMarked;
