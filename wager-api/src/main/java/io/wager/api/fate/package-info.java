/** The fates of wagers. */
@NullMarked
package io.wager.api.fate;

import org.jspecify.annotations.NullMarked;
