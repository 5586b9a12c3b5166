/** Tests of who is to blame. */
@NullMarked
package io.wager.consumer.settlement;

import org.jspecify.annotations.NullMarked;
