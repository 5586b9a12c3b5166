package io.wager.consumer.reconcile.finding;

/** Receives the progress of a reconciliation. */
public interface Progress {

    /** Ignores the progress. */
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
     * @param share 0 to 1, which may be an estimate; NaN if unknown
     * @param done how many were checked
     */
    void at(double share, long done);
}
