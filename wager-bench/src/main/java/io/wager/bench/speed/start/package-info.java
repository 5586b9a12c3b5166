/** How long the services take to start. */
@NullMarked
package io.wager.bench.speed.start;

import org.jspecify.annotations.NullMarked;
