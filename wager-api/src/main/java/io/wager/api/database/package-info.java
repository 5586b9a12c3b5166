/** Guards the reads: while the database is away they fail at once instead of waiting. */
@NullMarked
package io.wager.api.database;

import org.jspecify.annotations.NullMarked;
