/** The system under test as processes on loopback, and what can be done to them. */
@NullMarked
package io.wager.bench.rig;

import org.jspecify.annotations.NullMarked;
