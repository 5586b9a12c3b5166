package io.wager.api.database;

import io.wager.service.database.DatabaseFaults;
import io.wager.service.database.FailureFacts;
import io.wager.service.database.FaultKind;
import io.wager.service.database.UnquotedFailure;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/**
 * Logs why the database could not be used: each reason at once, and then now and then with the number of requests that failed meanwhile. So
 * an outage does not fill the log, and a misconfigured database is not overlooked. Safe for any number of threads.
 */
@Component
public final class FailedReads {

    private static final Logger LOG = LoggerFactory.getLogger(FailedReads.class);
    private static final Duration SILENCE = Duration.ofMinutes(5);

    /** There are a few dozen reasons; a database that makes up new ones all the time must not use up the memory. */
    private static final int MOST_REASONS = 200;

    private final Clock clock;
    private final Map<String, Told> reasons = new HashMap<>();

    FailedReads(Clock clock) {
        this.clock = clock;
    }

    /**
     * Notes a request that could not be answered.
     *
     * @param path the path of the request
     * @param exception the failure
     */
    public void tell(String path, Exception exception) {
        var facts = FailureFacts.of(exception).toString();
        var unheard = unheardOf(facts);
        if (unheard == 0) {
            LOG.debug("database unavailable path={} {}", path, facts);
        } else {
            log(path, facts, unheard, exception);
        }
    }

    /** The number of requests not logged yet, including this one; 0 if nothing is to be logged now. */
    private synchronized int unheardOf(String facts) {
        var now = clock.instant();
        var told = reasons.get(facts);
        if (told != null && now.isBefore(told.at.plus(SILENCE))) {
            reasons.put(facts, new Told(told.at, told.unheard + 1));
            return 0;
        }
        if (reasons.size() >= MOST_REASONS) {
            reasons.clear();
        }
        reasons.put(facts, new Told(now, 0));
        return told == null ? 1 : told.unheard + 1;
    }

    private static void log(String path, String facts, int requests, Exception exception) {
        var error = DatabaseFaults.errorOf(exception);
        var kind = DatabaseFaults.kindOf(exception);
        if (error != null && kind == FaultKind.MISCONFIGURED) {
            // The message names what is missing, and no values.
            LOG.error(
                    "THE DATABASE IS NOT AS IT MUST BE: reads answer 503 until a right, a table or a column is corrected"
                            + " path={} requests={} {} message={}",
                    path,
                    requests,
                    facts,
                    error.getMessage());
        } else if (error != null && kind == FaultKind.UNKNOWN) {
            LOG.error(
                    "database failed for an unknown reason path={} requests={} {}",
                    path,
                    requests,
                    facts,
                    UnquotedFailure.of(exception));
        } else {
            LOG.warn("database unavailable path={} requests={} {}", path, requests, facts);
        }
    }

    /**
     * When a reason was logged.
     *
     * @param at the last time
     * @param unheard how many requests failed for it since
     */
    private record Told(Instant at, int unheard) {}
}
