/** Waits for the database, brings its schema to the version that this code needs, and tells when it is there. */
@NullMarked
package io.wager.consumer.schema;

import org.jspecify.annotations.NullMarked;
