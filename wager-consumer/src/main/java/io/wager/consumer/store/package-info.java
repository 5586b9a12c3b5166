/** Stores batches of wagers: rows, running totals and conflicts in one transaction, on SQL Server and on H2. */
@NullMarked
package io.wager.consumer.store;

import org.jspecify.annotations.NullMarked;
