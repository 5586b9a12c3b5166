/** Requeueing many dead letters: jobs that live in the database, and the runner that does them. */
@NullMarked
package io.wager.api.requeuejob;

import org.jspecify.annotations.NullMarked;
