package io.wager.api.openapi;

/** Bodies that the OpenAPI document shows of the work on dead letters. */
final class RepairExamples {

    static final String REASON = """
            {"reason": "the column is wide enough since today's release"}""";

    static final String REQUEUED = """
            {"deadLetterId": "5f2b7a0e-7d43-8c11-9f0a-2b6f1c9d8e70", "status": "requeued", "requeueNumber": 1}""";

    static final String EDIT =
            "{\"reason\": \"the amount was negative\", \"edit\": 0, \"body\": " + Examples.SMALLEST_WAGER + "}";

    static final String EDIT_AS_TEXT = """
            {"body": "{\\"wagerId\\": \\"0ef66f72-53c3-4e19-ac24-d7737baa73e8\\", \\"amount\\": 0.5}"}""";

    static final String EDITED = """
            {"deadLetterId": "5f2b7a0e-7d43-8c11-9f0a-2b6f1c9d8e70", "edit": 1,
             "diff": {"comparable": true, "changes": [{"pointer": "/amount", "from": -0.5, "to": 0.5}]}}""";

    static final String DISCARDED = """
            {"deadLetterId": "5f2b7a0e-7d43-8c11-9f0a-2b6f1c9d8e70", "status": "discarded"}""";

    static final String RESTORED = """
            {"deadLetterId": "5f2b7a0e-7d43-8c11-9f0a-2b6f1c9d8e70", "status": "open"}""";

    static final String AUDIT = """
            {
              "entries": [
                {
                  "at": "2026-11-21T12:00:00Z",
                  "actor": "Zoe",
                  "action": "requeue",
                  "target": "5f2b7a0e-7d43-8c11-9f0a-2b6f1c9d8e70",
                  "selection": null,
                  "reason": "the column is wide enough since today's release",
                  "outcome": "requeued: requeue 1",
                  "traceId": "0af7651916cd43dd8448eb211c80319c"
                }
              ]
            }""";

    static final String JOB_BY_GROUP = """
            {"fingerprint": "5009607489ea12b6", "ratePerSecond": 50, "canary": 5, "stopWhenFailedShare": 0.1,
             "reason": "the column is wide enough since today's release"}""";

    static final String JOB_BY_IDS = """
            {"ids": ["5f2b7a0e-7d43-8c11-9f0a-2b6f1c9d8e70"], "dryRun": true}""";

    static final String JOB_BY_FILTER = """
            {"filter": {"reason": ["rejected-by-database"], "provider": "Quiet Bronze Kettle", "from": "2026-11-21"},
             "dryRun": true}""";

    static final String DRY_RUN = """
            {
              "dryRun": true,
              "selected": 120,
              "eligible": 118,
              "refused": [
                {"reason": "conflict", "count": 2, "samples": ["5f2b7a0e-7d43-8c11-9f0a-2b6f1c9d8e70",
                  "9b1d3c52-0a4e-8f77-8d21-6c0e5f4a3b19"]}
              ]
            }""";

    private static final String JOB_FIELDS = """
            "jobId": "0f9c2d1e-6a3b-4c58-9e7d-1a2b3c4d5e6f",
            "status": "running",
            "createdAt": "2026-11-21T12:00:00Z",
            "createdBy": "Zoe",
            "reason": "the column is wide enough since today's release",
            "selection": {"fingerprint": "5009607489ea12b6"},
            "ratePerSecond": 50,
            "canary": 5,
            "stopWhenFailedShare": 0.1,
            "isSelected": true,
            "statusChangedAt": "2026-11-21T12:00:00Z",
            "stopReason": null,
            "finishedAt": null""";

    static final String JOB = "{" + JOB_FIELDS + """
            ,
            "progress": {
              "total": 120, "pending": 60, "requeued": 4, "resolved": 54, "failed": 0, "skipped": 2,
              "skippedByReason": {"conflict": 2}, "settledPerSecond": 49.1, "secondsLeft": 2
            }}""";

    static final String JOBS = "{\"jobs\": [{" + JOB_FIELDS + "}]}";

    static final String ITEMS = """
            {
              "items": [
                {"deadLetterId": "5f2b7a0e-7d43-8c11-9f0a-2b6f1c9d8e70", "outcome": "skipped", "requeueNumber": null,
                 "sends": 0, "detail": "conflict", "changedAt": "2026-11-21T12:00:01Z"}
              ]
            }""";

    private RepairExamples() {}
}
