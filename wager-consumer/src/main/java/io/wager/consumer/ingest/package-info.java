/** Takes wagers off their queue, batch by batch, and stores them: decode, fold, store, dispose. */
@NullMarked
package io.wager.consumer.ingest;

import org.jspecify.annotations.NullMarked;
