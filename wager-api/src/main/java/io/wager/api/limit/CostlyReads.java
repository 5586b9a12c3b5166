package io.wager.api.limit;

import io.github.resilience4j.bulkhead.Bulkhead;
import io.github.resilience4j.bulkhead.BulkheadFullException;
import io.github.resilience4j.bulkhead.BulkheadRegistry;
import io.wager.api.problem.ProblemException;
import io.wager.api.problem.ProblemType;
import java.util.Objects;
import java.util.function.Supplier;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Reads whose cost grows with the history: few at once, so that they leave connections, and processors of the database, to everything
 * else; and with a time limit of their own. Any number of threads may read.
 */
@Component
public final class CostlyReads {

    /** The instance of {@code resilience4j.bulkhead}. */
    static final String BULKHEAD = "wager-costly-reads";

    private final Bulkhead bulkhead;
    private final TransactionTemplate transactions;

    CostlyReads(BulkheadRegistry bulkheads, PlatformTransactionManager transactions, CostlyReadProperties properties) {
        bulkhead = bulkheads.bulkhead(BULKHEAD);
        this.transactions = new TransactionTemplate(transactions);
        // Spring gives each statement of a transaction what is left of it, in the place of
        // spring.jdbc.template.query-timeout.
        this.transactions.setTimeout(Math.toIntExact(properties.costlyTimeout().toSeconds()));
    }

    /**
     * Reads, once few enough others do.
     *
     * @param reading the statements; must not wait for a client
     * @return what was read
     * @throws ProblemException 503 {@code reads-saturated} if too many others go on
     */
    public <T> T read(Supplier<T> reading) {
        try {
            bulkhead.acquirePermission();
        } catch (BulkheadFullException e) {
            throw new ProblemException(
                    ProblemType.READS_SATURATED,
                    "As many reads of this kind are in progress as may be at once. Ask again, or for less.");
        }
        try {
            return Objects.requireNonNull(transactions.execute(status -> reading.get()));
        } finally {
            bulkhead.onComplete();
        }
    }
}
