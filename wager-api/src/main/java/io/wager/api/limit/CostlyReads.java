package io.wager.api.limit;

import io.github.resilience4j.bulkhead.Bulkhead;
import io.github.resilience4j.bulkhead.BulkheadFullException;
import io.github.resilience4j.bulkhead.BulkheadRegistry;
import io.wager.api.problem.ProblemException;
import io.wager.api.problem.ProblemType;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import java.util.function.Supplier;
import org.springframework.dao.QueryTimeoutException;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionTimedOutException;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Reads whose cost grows with the history: few at once, so that they leave connections, and processors of the database, to everything
 * else; and with a time limit of their own. Any number of threads may read.
 */
@Component
public final class CostlyReads {

    private final Map<CostlyRead, Bulkhead> bulkheads = new EnumMap<>(CostlyRead.class);
    private final TransactionTemplate transactions;
    private final Duration timeout;

    CostlyReads(BulkheadRegistry registry, PlatformTransactionManager transactions, CostlyReadProperties properties) {
        for (var kind : CostlyRead.values()) {
            bulkheads.put(kind, registry.bulkhead(kind.bulkhead()));
        }
        this.timeout = properties.costlyTimeout();
        this.transactions = new TransactionTemplate(transactions);
        // Spring gives each statement of a transaction what is left of it, in the place of
        // spring.jdbc.template.query-timeout.
        this.transactions.setTimeout(Math.toIntExact(timeout.toSeconds()));
    }

    /**
     * Reads, once few enough others do.
     *
     * @param kind what is read
     * @param reading the statements; must not wait for a client
     * @return what was read
     * @throws ProblemException 503 {@code reads-saturated} if too many others go on, or {@code read-too-slow} if it takes too long
     */
    public <T> T read(CostlyRead kind, Supplier<T> reading) {
        var bulkhead = Objects.requireNonNull(bulkheads.get(kind));
        try {
            bulkhead.acquirePermission();
        } catch (BulkheadFullException e) {
            throw new ProblemException(
                    ProblemType.READS_SATURATED,
                    "As many reads of this kind are in progress as may be at once. Ask again, or for less.");
        }
        try {
            return Objects.requireNonNull(transactions.execute(status -> reading.get()));
        } catch (QueryTimeoutException | TransactionTimedOutException e) {
            throw new ProblemException(
                    ProblemType.READ_TOO_SLOW,
                    "The database did not have the answer within " + timeout.toSeconds()
                            + " s. Ask for less, such as fewer days, or when the database has less to do.");
        } finally {
            bulkhead.onComplete();
        }
    }
}
