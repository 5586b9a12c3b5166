/** How much each caller may send in a time, and how many reads that cost much run at once. */
@NullMarked
package io.wager.api.limit;

import org.jspecify.annotations.NullMarked;
