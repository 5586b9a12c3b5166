/** What became of a wager. */
@NullMarked
package io.wager.api.fate;

import org.jspecify.annotations.NullMarked;
