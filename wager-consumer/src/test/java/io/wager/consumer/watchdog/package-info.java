/** Tests of what turns liveness false. */
@NullMarked
package io.wager.consumer.watchdog;

import org.jspecify.annotations.NullMarked;
