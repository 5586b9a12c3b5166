/** Tests of what stands between the reads and the database. */
@NullMarked
package io.wager.api.database;

import org.jspecify.annotations.NullMarked;
