/** Holds what is stored against what was sent and promised. */
@NullMarked
package io.wager.bench.verdict;

import org.jspecify.annotations.NullMarked;
