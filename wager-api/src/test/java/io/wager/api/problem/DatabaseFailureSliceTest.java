package io.wager.api.problem;

import static org.assertj.core.api.Assertions.assertThat;

import io.wager.api.support.ApiTest;
import io.wager.api.support.DatabaseFault;
import java.net.http.HttpResponse;
import java.sql.SQLException;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

/** Every read of a database that is there and fails. */
@ExtendWith(OutputCaptureExtension.class)
class DatabaseFailureSliceTest extends ApiTest {

    private static final String ID = "00000000-0000-0000-0000-000000000001";
    private static final List<String> READS = List.of(
            "/api/player/" + ID + "/casino",
            "/api/player/topSpenders",
            "/api/player/topSpenders?from=2026-01-01&to=2026-01-02",
            "/api/player/casinowager/" + ID,
            "/api/analytics/breakdown?by=day",
            "/api/admin/dead-letters",
            "/api/admin/dead-letters/count",
            "/api/admin/dead-letters/groups",
            "/api/admin/dead-letters/" + ID,
            "/api/admin/dead-letters/export",
            "/api/admin/requeue-jobs",
            "/api/admin/requeue-jobs/" + ID,
            "/api/admin/requeue-jobs/" + ID + "/items",
            "/api/admin/audit");

    @Autowired
    private DatabaseFault fault;

    @AfterEach
    void heal() {
        fault.heal();
    }

    @ParameterizedTest
    @CsvSource({
        // Connection lost; time limit; read-only; deadlock.
        "08S01, 0",
        "HYT00, 0",
        "S0001, 3906",
        "40001, 1205",
        // No right, no table, no column: on SQL Server, on H2.
        "S0005, 229",
        "S0002, 208",
        "S0001, 207",
        "90096, 90096",
        "42S02, 42102",
        // Nobody knows; a poisoned connection.
        "S0001, 99",
        "S0001, 33557097"
    })
    void everyReadAnswersThatTheDatabaseIsUnavailable(String state, int code) {
        fault.fail(new SQLException("secret", state, code));

        for (var path : READS) {
            assertUnavailable(path, get(path));
        }
        assertUnavailable("fates", post("/api/player/casinowager/fates", "{\"wagerIds\": [\"" + ID + "\"]}"));
    }

    @Test
    void readsGoOnWhenTheDatabaseDoes() {
        fault.fail(new SQLException("secret", "S0005", 229));
        assertUnavailable("", get("/api/player/topSpenders"));

        fault.heal();

        assertThat(get("/api/player/topSpenders").statusCode()).isEqualTo(200);
    }

    @Test
    void whatTheDatabaseRefusesForItsContentIsAFaultOfTheService() {
        fault.fail(new SQLException("secret", "22003", 8115));

        assertThat(get("/api/player/topSpenders").statusCode()).isEqualTo(500);
    }

    @Test
    void theLogTellsOnceAndLoudlyWhatIsMissing(CapturedOutput output) {
        fault.fail(new SQLException("The SELECT permission was denied on the object 'player'", "S0005", 230));

        for (var i = 0; i < 3; i++) {
            assertUnavailable("", get("/api/player/topSpenders"));
        }

        assertThat(output.getOut().lines().filter(line -> line.contains("code=230")))
                .singleElement()
                .asString()
                .contains("ERROR", "kind=MISCONFIGURED", "'player'");
    }

    private static void assertUnavailable(String path, HttpResponse<String> response) {
        assertThat(response.statusCode()).as(path).isEqualTo(503);
        assertThat(response.headers().firstValue("Retry-After")).as(path).isPresent();
        assertThat(response.body())
                .as(path)
                .contains("urn:wager:problem:database-unavailable")
                .doesNotContain("secret");
    }
}
