/** Makes the stream of wagers that the demo and the benchmarks send: the same bytes for the same seed. */
@NullMarked
package io.wager.cli.generate;

import org.jspecify.annotations.NullMarked;
