/** How long reads take as the history grows. */
@NullMarked
package io.wager.bench.speed.reads;

import org.jspecify.annotations.NullMarked;
