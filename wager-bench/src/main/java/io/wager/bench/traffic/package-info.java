/** Clients as they are in the field, and a ledger of what they were promised. */
@NullMarked
package io.wager.bench.traffic;

import org.jspecify.annotations.NullMarked;
