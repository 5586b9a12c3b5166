package io.wager.api.repair;

import io.wager.service.database.UnquotedFailure;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.TransientDataAccessException;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Runs short work in transactions, read committed. It runs the work again if the database chose it as the victim of a deadlock or a lock
 * took too long. So the work must be repeatable from the start, like compare-and-set.
 */
@Component
public final class Transactions {

    private static final Logger LOG = LoggerFactory.getLogger(Transactions.class);
    private static final int ATTEMPTS = 3;

    private final TransactionTemplate template;

    Transactions(PlatformTransactionManager manager) {
        template = new TransactionTemplate(manager);
        template.setIsolationLevel(TransactionDefinition.ISOLATION_READ_COMMITTED);
    }

    /**
     * Runs work and commits, or rolls back if it throws.
     *
     * @param work the work
     * @param <T> its result
     * @return its result
     */
    public <T extends @Nullable Object> T call(Supplier<T> work) {
        for (var attempt = 1; ; attempt++) {
            try {
                return template.execute(status -> work.get());
            } catch (TransientDataAccessException e) {
                if (attempt == ATTEMPTS) {
                    throw e;
                }
                LOG.debug("transaction is run again attempt={}", attempt, UnquotedFailure.of(e));
            }
        }
    }

    /**
     * Runs work without a result.
     *
     * @param work the work
     */
    public void run(Runnable work) {
        call(() -> {
            work.run();
            return true;
        });
    }
}
