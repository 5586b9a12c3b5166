package io.wager.api.audit;

import static org.assertj.core.api.Assertions.assertThat;

import io.wager.api.schema.Columns;
import io.wager.api.support.ApiTest;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AuditSliceTest extends ApiTest {

    private static final String AUDIT = "/api/admin/audit";

    @Test
    void everyEntryComesOnceByCursorLatestFirst() {
        for (var i = 1; i <= 5; i++) {
            add("2026-11-20T10:00:00Z", "Zoe & Co", "requeue", "letter " + i);
        }
        add("2026-11-20T10:00:00Z", "other", "requeue", "letter 6");

        List<String> targets = new ArrayList<>();
        var path = AUDIT + "?limit=2&actor=Zoe%20%26%20Co";
        var pages = 0;
        while (path != null) {
            var response = get(path);
            assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
            json(response)
                    .at("/entries")
                    .forEach(entry -> targets.add(entry.at("/target").asText()));
            path = response.headers()
                    .firstValue("Link")
                    .map(link -> link.substring(1, link.indexOf('>')))
                    .orElse(null);
            pages++;
        }

        assertThat(targets).containsExactly("letter 5", "letter 4", "letter 3", "letter 2", "letter 1");
        assertThat(pages).isEqualTo(3);
    }

    @ParameterizedTest
    @CsvSource({
        "actor=Zoe,2",
        "action=discard,1",
        "target=b,1",
        "from=2026-11-20,2",
        "to=2026-11-19,1",
        "from=2026-11-20&to=2026-11-20,1",
        "actor=nobody,0",
        "'',3"
    })
    void filtersChoose(String query, int count) {
        add("2026-11-19T23:59:59.9999999Z", "Zoe", "requeue", "a");
        add("2026-11-20T00:00:00Z", "Zoe", "discard", "b");
        add("2026-11-21T00:00:00Z", "Marit", "requeue", "a");

        assertThat(json(get(AUDIT + "?" + query)).at("/entries")).hasSize(count);
    }

    @Test
    void selectionIsShownAsTheJsonThatItIs() {
        letters.update("""
                INSERT INTO audit_entry (happened_at, actor, action, selection, outcome)
                VALUES (CURRENT_TIMESTAMP, 'Zoe', 'create-job', '{"ids":["x"]}', 'created')
                """);

        assertThat(json(get(AUDIT)).at("/entries/0/selection/ids/0").asText()).isEqualTo("x");
    }

    @ParameterizedTest
    @ValueSource(strings = {"limit=0", "limit=501", "cursor=x", "actor=%20", "from=x"})
    void parameterOutOfRangeIsRefused(String query) {
        assertThat(get(AUDIT + "?" + query).statusCode()).isEqualTo(400);
    }

    private void add(String at, String actor, String action, String target) {
        letters.update(
                "INSERT INTO audit_entry (happened_at, actor, action, target, outcome) VALUES (?, ?, ?, ?, 'done')",
                Columns.utc(Instant.parse(at)),
                actor,
                action,
                target);
    }
}
