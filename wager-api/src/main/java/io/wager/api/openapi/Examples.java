package io.wager.api.openapi;

/** Bodies that the OpenAPI document shows. */
final class Examples {

    static final String WAGER = """
            {
              "wagerId": "6581621c-2f86-422d-bf1e-9b92a6efb539",
              "accountId": "2c937b23-03ae-4110-90d5-47d055d89001",
              "username": "Marit.Oosthuizen41",
              "provider": "Quiet Bronze Kettle",
              "gameName": "Humble Clay Harp",
              "theme": "crash",
              "amount": 6776.968566761588,
              "createdDateTime": "2026-05-17T22:04:10.4947679Z",
              "transactionId": "f87c4d29-c45a-4f86-91d0-20858d734759",
              "brandId": "e0ed6eff-74af-42d1-934d-82c0733df60e",
              "externalReferenceId": "0c177163-78b5-40b3-8d81-fe6b10645e4a",
              "transactionTypeId": "56b213fc-bb6d-4fd7-8902-fc7278b1a31a",
              "numberOfBets": 8,
              "countryCode": "SE",
              "sessionData": "Garden firmware bandwidth",
              "duration": 3355184
            }""";

    static final String SMALLEST_WAGER = """
            {
              "wagerId": "0ef66f72-53c3-4e19-ac24-d7737baa73e8",
              "accountId": "4e4d0a59-ecbb-44aa-ac98-9d895a68ebfd",
              "username": "Lindiwe_Farrow",
              "provider": "Quiet Bronze Kettle",
              "gameName": "Lucky Wool Sledge",
              "amount": 0.5,
              "createdDateTime": "2026-02-05T00:46:20+02:00"
            }""";

    static final String ARRAY = "[\n" + WAGER + ",\n" + SMALLEST_WAGER + "\n]";

    static final String LINES = oneLine(WAGER) + "\n" + oneLine(SMALLEST_WAGER) + "\n";

    static final String ACCEPTED = """
            {"wagerId": "6581621c-2f86-422d-bf1e-9b92a6efb539", "status": "accepted"}""";

    static final String BATCH_ACCEPTED = """
            {
              "accepted": 2,
              "rejected": 0,
              "failed": 0,
              "items": [
                {"index": 0, "wagerId": "6581621c-2f86-422d-bf1e-9b92a6efb539", "status": "accepted", "retryable": false},
                {"index": 1, "wagerId": "0ef66f72-53c3-4e19-ac24-d7737baa73e8", "status": "accepted", "retryable": false}
              ]
            }""";

    static final String BATCH_MIXED = """
            {
              "accepted": 0,
              "rejected": 1,
              "failed": 1,
              "items": [
                {
                  "index": 0, "wagerId": "6581621c-2f86-422d-bf1e-9b92a6efb539", "status": "failed", "retryable": true,
                  "problem": {
                    "type": "urn:wager:problem:broker-unconfirmed",
                    "title": "The broker did not confirm in time",
                    "status": 503,
                    "detail": "The wager is not known to be durable. Send the same wager again: repeats are safe.",
                    "instance": "/api/player/casinowagers#/0",
                    "traceId": "0af7651916cd43dd8448eb211c80319c"
                  }
                },
                {
                  "index": 1, "wagerId": null, "status": "rejected", "retryable": false,
                  "problem": {
                    "type": "urn:wager:problem:malformed-json",
                    "title": "The body is not well-formed JSON",
                    "status": 400,
                    "detail": "The body is not well-formed JSON (line 1, column 14).",
                    "instance": "/api/player/casinowagers#/1",
                    "traceId": "0af7651916cd43dd8448eb211c80319c"
                  }
                }
              ]
            }""";

    static final String FATE =
            "{\n  \"wagerId\": \"6581621c-2f86-422d-bf1e-9b92a6efb539\",\n  \"status\": \"stored\",\n  \"conflicts\": 0,\n  \"wager\": "
                    + WAGER + "\n}";

    static final String DEAD_LETTERED_FATE = """
            {
              "wagerId": "6581621c-2f86-422d-bf1e-9b92a6efb539",
              "status": "dead-lettered",
              "deadLetterId": "5f2b7a0e-7d43-8c11-9f0a-2b6f1c9d8e70",
              "reason": "rejected-by-database"
            }""";

    static final String FATES_REQUEST = """
            {"wagerIds": ["6581621c-2f86-422d-bf1e-9b92a6efb539", "0ef66f72-53c3-4e19-ac24-d7737baa73e8"]}""";

    static final String FATES = """
            {
              "fates": [
                {"wagerId": "6581621c-2f86-422d-bf1e-9b92a6efb539", "status": "stored", "conflicts": 0},
                {"wagerId": "0ef66f72-53c3-4e19-ac24-d7737baa73e8", "status": "unknown", "conflicts": 0}
              ]
            }""";

    static final String HISTORY = """
            {
              "data": [
                {
                  "wagerId": "6581621c-2f86-422d-bf1e-9b92a6efb539",
                  "game": "Humble Clay Harp",
                  "provider": "Quiet Bronze Kettle",
                  "amount": 6776.968566761588,
                  "createdDate": "2026-05-17T22:04:10.4947679Z"
                }
              ],
              "page": 1,
              "pageSize": 10,
              "total": 1,
              "totalPages": 1
            }""";

    static final String TOP_SPENDERS = """
            [
              {
                "accountId": "2c937b23-03ae-4110-90d5-47d055d89001",
                "username": "Marit.Oosthuizen41",
                "totalAmountSpend": 6776.968566761588
              }
            ]""";

    static final String BREAKDOWN = """
            {
              "by": "game",
              "groups": [
                {
                  "group": "Humble Clay Harp",
                  "provider": "Quiet Bronze Kettle",
                  "wagers": 1,
                  "players": 1,
                  "turnover": 6776.968566761588
                }
              ]
            }""";

    private Examples() {}

    private static String oneLine(String json) {
        return json.replaceAll("\\s*\\n\\s*", " ");
    }
}
