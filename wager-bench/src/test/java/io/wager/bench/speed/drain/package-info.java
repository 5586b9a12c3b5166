/** Tests of what the experiments compute. */
@NullMarked
package io.wager.bench.speed.drain;

import org.jspecify.annotations.NullMarked;
