/** Tests of the consumer as a whole. */
@NullMarked
package io.wager.consumer;

import org.jspecify.annotations.NullMarked;
