package io.wager.api.deadletter;

import java.util.Map;

/**
 * How many dead letters there are.
 *
 * @param total all that are meant
 * @param byStatus those of each status; every status is there
 * @param byReason those of each reason; every reason is there
 */
record DeadLetterCount(long total, Map<String, Long> byStatus, Map<String, Long> byReason) {}
