package io.wager.consumer.store;

import io.wager.service.database.CommitFailedException;
import javax.sql.DataSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.support.DefaultTransactionStatus;

/**
 * Tells a failed commit from a failed statement, and lets no failed rollback hide the failure that asked for it: once the pool has
 * taken a broken connection away, every rollback on it fails, for a reason that says nothing.
 */
final class StoreTransactionManager extends JdbcTransactionManager {

    private static final Logger LOG = LoggerFactory.getLogger(StoreTransactionManager.class);

    StoreTransactionManager(DataSource dataSource) {
        super(dataSource);
    }

    @Override
    protected void doCommit(DefaultTransactionStatus status) {
        try {
            super.doCommit(status);
        } catch (RuntimeException e) {
            throw new CommitFailedException(e);
        }
    }

    @Override
    protected void doRollback(DefaultTransactionStatus status) {
        try {
            super.doRollback(status);
        } catch (RuntimeException e) {
            LOG.debug("rollback failed, the server does it when the connection ends", e);
        }
    }
}
