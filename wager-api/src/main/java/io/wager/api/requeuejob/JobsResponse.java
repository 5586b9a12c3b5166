package io.wager.api.requeuejob;

import java.util.List;

/**
 * A page of jobs.
 *
 * @param jobs latest first
 */
record JobsResponse(List<JobResponse> jobs) {}
