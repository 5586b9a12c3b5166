package io.wager.consumer.reconcile.finding;

/** Is told how far a reconciliation has come. */
public interface Progress {

    /** Says nothing. */
    Progress SILENT = new Progress() {
        @Override
        public void begin(String phase) {}

        @Override
        public void at(double share, long done) {}
    };

    /** A phase begins, and the one before it is over. */
    void begin(String phase);

    /**
     * How far the phase is.
     *
     * @param share 0 to 1, which may be an estimate; NaN where nobody knows
     * @param done how many were looked at
     */
    void at(double share, long done);
}
