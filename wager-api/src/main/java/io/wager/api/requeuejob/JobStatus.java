package io.wager.api.requeuejob;

import java.util.Locale;

/** Where a job stands. One that is stopped or cancelled is finished once nothing of it is under way. */
enum JobStatus {
    RUNNING,
    PAUSED,
    STOPPED,
    CANCELLED,
    COMPLETED;

    String wireForm() {
        return name().toLowerCase(Locale.ROOT);
    }

    static JobStatus of(String wireForm) {
        return valueOf(wireForm.toUpperCase(Locale.ROOT));
    }
}
