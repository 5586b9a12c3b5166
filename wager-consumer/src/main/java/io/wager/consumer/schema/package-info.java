/** Waits for the database, migrates its schema to the version that this code needs, and reports when it is ready. */
@NullMarked
package io.wager.consumer.schema;

import org.jspecify.annotations.NullMarked;
