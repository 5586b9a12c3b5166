/** Turns liveness false when the consumer has stopped working without having failed: a hang, a dead worker, a deadlock. */
@NullMarked
package io.wager.consumer.watchdog;

import org.jspecify.annotations.NullMarked;
