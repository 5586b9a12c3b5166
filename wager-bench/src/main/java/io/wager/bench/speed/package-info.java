/** Measures how fast the product is, as ratios to what the machine, the broker and the database can do in the same run. */
@NullMarked
package io.wager.bench.speed;

import org.jspecify.annotations.NullMarked;
