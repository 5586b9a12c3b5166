/** Tests of what the experiments compute. */
@NullMarked
package io.wager.bench.speed.store;

import org.jspecify.annotations.NullMarked;
