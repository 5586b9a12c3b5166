/** Requeueing many. */
@NullMarked
package io.wager.api.requeuejob;

import org.jspecify.annotations.NullMarked;
