/** Tests of what holds what is stored against what was sent. */
@NullMarked
package io.wager.bench.traffic;

import org.jspecify.annotations.NullMarked;
