package io.wager.service.database;

import org.springframework.transaction.TransactionSystemException;

/**
 * The commit of a transaction failed, so its result is not known. This is never the data's fault: neither SQL Server nor H2 has constraints
 * that are checked so late.
 */
public final class CommitFailedException extends TransactionSystemException {

    /**
     * A failed commit.
     *
     * @param cause what the driver or Spring threw
     */
    public CommitFailedException(RuntimeException cause) {
        super("the commit failed, its result is not known", cause);
    }
}
