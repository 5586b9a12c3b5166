package io.wager.api.openapi;

/** Bodies that the OpenAPI document shows of dead letters. */
final class DeadLetterExamples {

    private static final String FIELDS = """
            "id": "5f2b7a0e-7d43-8c11-9f0a-2b6f1c9d8e70",
              "status": "open",
              "reason": "conflict",
              "fingerprint": "0f3a9d2c4b5e6f70",
              "title": "the wagerId is stored already, with other content; the first stored wins",
              "exceptionType": "WagerConflict",
              "exceptionMessage": "the wagerId is stored already, with other content; the first stored wins",
              "wagerId": "6581621c-2f86-422d-bf1e-9b92a6efb539",
              "accountId": "2c937b23-03ae-4110-90d5-47d055d89001",
              "provider": "Quiet Bronze Kettle",
              "attempts": 1,
              "requeues": 0,
              "edits": 0,
              "firstFailedAt": "2026-11-21T10:00:00Z",
              "lastFailedAt": "2026-11-21T10:00:00Z",
              "archivedAt": "2026-11-21T10:00:00.1Z",
              "statusChangedAt": "2026-11-21T10:00:00.1Z",
              "jobId": null""";

    static final String PAGE = "{\"deadLetters\": [{" + FIELDS + "}]}";

    static final String COUNT = """
            {
              "total": 1,
              "byStatus": {"open": 1, "requeued": 0, "resolved": 0, "discarded": 0},
              "byReason": {
                "undecodable": 0, "invalid": 0, "conflict": 1, "unsupported-version": 0,
                "rejected-by-database": 0, "retries-exhausted": 0, "delivery-limit": 0
              }
            }""";

    static final String GROUPS = """
            {
              "groups": [
                {
                  "fingerprint": "0f3a9d2c4b5e6f70",
                  "title": "the wagerId is stored already, with other content; the first stored wins",
                  "reason": "conflict",
                  "exceptionType": "WagerConflict",
                  "count": 1,
                  "byStatus": {"open": 1, "requeued": 0, "resolved": 0, "discarded": 0},
                  "firstFailedAt": "2026-11-21T10:00:00Z",
                  "lastFailedAt": "2026-11-21T10:00:00Z",
                  "sampleId": "5f2b7a0e-7d43-8c11-9f0a-2b6f1c9d8e70"
                }
              ]
            }""";

    static final String DETAIL = "{" + FIELDS + """
            ,
              "message": {
                "messageId": "6581621c-2f86-422d-bf1e-9b92a6efb539",
                "type": "casino-wager",
                "contentType": "application/json",
                "correlationId": "0af7651916cd43dd8448eb211c80319c",
                "publishedAt": "2026-11-21T10:00:00Z",
                "headers": {"schema-version": 1, "x-dead-letter-reason": "conflict", "x-attempts": 1},
                "body": {
                  "bytes": 42,
                  "text": "{\\"wagerId\\":\\"6581621c-2f86-422d-bf1e-9b92a6efb539\\",\\"amount\\":7}",
                  "base64": null,
                  "json": {"wagerId": "6581621c-2f86-422d-bf1e-9b92a6efb539", "amount": 7}
                }
              },
              "stackTrace": "",
              "edited": null,
              "stored": {
                "wager": {"wagerId": "6581621c-2f86-422d-bf1e-9b92a6efb539", "amount": 6776.968566761588},
                "sameContent": false,
                "diff": {
                  "comparable": true,
                  "changes": [{"pointer": "/amount", "from": 6776.968566761588, "to": 7}]
                }
              },
              "timeline": [
                {
                  "kind": "failed",
                  "at": "2026-11-21T10:00:00Z",
                  "actor": null,
                  "requeueNumber": null,
                  "reason": "conflict",
                  "exceptionType": "WagerConflict",
                  "detail": "the wagerId is stored already, with other content; the first stored wins",
                  "jobId": null
                }
              ]
            }""";

    private DeadLetterExamples() {}
}
