/** What stands between the reads and the database: fails at once what would only wait for a database that is away. */
@NullMarked
package io.wager.api.database;

import org.jspecify.annotations.NullMarked;
