/** The consumer service: messages in, rows out. */
@NullMarked
package io.wager.consumer;

import org.jspecify.annotations.NullMarked;
