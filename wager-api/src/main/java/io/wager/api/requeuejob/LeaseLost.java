package io.wager.api.requeuejob;

/** Another instance has the job: what was begun in a transaction is rolled back. */
final class LeaseLost extends RuntimeException {

    LeaseLost() {
        super("another instance has the job", null, false, false);
    }
}
