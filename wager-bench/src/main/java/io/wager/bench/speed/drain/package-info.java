/** How fast wagers get from the queue into the tables, against a plain insert and a naive consumer. */
@NullMarked
package io.wager.bench.speed.drain;

import org.jspecify.annotations.NullMarked;
