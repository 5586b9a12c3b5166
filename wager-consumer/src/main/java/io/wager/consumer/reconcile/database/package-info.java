/** The database as a reconciliation reads it: short transactions, statements for each product. */
@NullMarked
package io.wager.consumer.reconcile.database;

import org.jspecify.annotations.NullMarked;
