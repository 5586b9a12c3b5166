/** Requeueing many dead letters: jobs that are stored in the database, and their runner. */
@NullMarked
package io.wager.api.requeuejob;

import org.jspecify.annotations.NullMarked;
