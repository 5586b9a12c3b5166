/** Tests of the ingest. */
@NullMarked
package io.wager.consumer.ingest;

import org.jspecify.annotations.NullMarked;
