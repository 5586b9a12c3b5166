/** Tests of the simulation against results that are known by arithmetic. */
@NullMarked
package io.wager.bench.scale;

import org.jspecify.annotations.NullMarked;
