/** Tests of how speed is reported. */
@NullMarked
package io.wager.bench.speed;

import org.jspecify.annotations.NullMarked;
