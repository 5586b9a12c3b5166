/** Databases with the product's schema for experiments, and what can be read of them. */
@NullMarked
package io.wager.bench.speed.store;

import org.jspecify.annotations.NullMarked;
