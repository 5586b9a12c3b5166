package io.wager.api.hostile;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import io.wager.api.access.Role;
import io.wager.api.support.DatabaseFault;
import io.wager.api.support.SecuredApiTest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

/** What callers send is not found again in the log, in the metrics or in problems, at DEBUG of the service's own loggers. */
@ExtendWith(OutputCaptureExtension.class)
class NothingPersonalSliceTest extends SecuredApiTest {

    private static final String NAME = "Zaphodina Quux";
    private static final String SESSION = "sess-4f9c-unmistakable";
    private static final String AMOUNT = "7654321.123457";
    private static final String BAD_KEY = "wgr_abcdefgh_thisisnokeybutlookslikeone_123456";
    private static final String ID = "6581621c-2f86-422d-bf1e-9b92a6efb539";
    private static final Logger OURS = (Logger) LoggerFactory.getLogger("io.wager");

    private final List<String> problems = new ArrayList<>();

    @Autowired
    private DatabaseFault fault;

    @BeforeEach
    void listenAtDebug() {
        OURS.setLevel(Level.DEBUG);
    }

    @AfterEach
    void beAsBefore() {
        OURS.setLevel(null);
        fault.heal();
    }

    @Test
    void nothingOfWhatIsSentIsWrittenDown(CapturedOutput output) throws Exception {
        var token = jwt("someone", "wagers:nothing");
        var wager = wager(AMOUNT, "2026-05-18T00:04:10Z");
        assertThat(posted(wager, "application/json").statusCode()).isBetween(200, 299);
        for (var broken : List.of(
                wager(AMOUNT + "9".repeat(40), "2026-05-18T00:04:10Z"),
                wager("-" + AMOUNT, "2026-05-18T00:04:10Z"),
                wager("\"" + AMOUNT + "\"", NAME),
                wager(AMOUNT, "2026-13-" + SESSION),
                wager.replace(ID, NAME),
                wager.substring(0, wager.length() - 1),
                wager.replace("\"Username\":", "\"Username\" " + NAME + ":"),
                wager.replace("{", "{\"username\":\"" + NAME + "\","))) {
            refused(posted(broken, "application/json"));
            posted(broken + "\n" + wager + "\n", "application/x-ndjson");
        }
        refused(send(request("/api/player/topSpenders").header("X-API-Key", BAD_KEY)));
        refused(send(request("/api/player/topSpenders").header("Authorization", "Bearer " + token + "x")));
        refused(send(request("/api/player/topSpenders").header("Authorization", "Bearer " + token)));
        for (var path : List.of(
                "/api/player/" + SESSION + "/casino",
                "/api/player/topSpenders?count=" + SESSION,
                "/api/player/topSpenders?from=" + SESSION,
                "/api/player/casinowager/" + SESSION)) {
            refused(read(path));
        }
        // Values of the rows, as a database puts them into its messages.
        for (var error : List.of(
                new SQLException(NAME + AMOUNT, "22003", 8115), new SQLException(NAME + SESSION, "S0001", 99))) {
            fault.fail(error);
            refused(read("/api/player/topSpenders"));
            refused(read("/api/player/casinowager/" + ID));
        }
        fault.heal();

        var metrics = send(managementRequest("/actuator/prometheus")
                .header("X-API-Key", key(Role.OPS_READ).token()));

        assertThat(metrics.statusCode()).isEqualTo(200);
        assertThat(output.getAll())
                .as("the log")
                .contains("request failed", "database failed for an unknown reason")
                .doesNotContain(
                        NAME,
                        AMOUNT,
                        BAD_KEY,
                        token,
                        PEPPER,
                        key(Role.WAGERS_WRITE).token());
        assertThat(output.getAll().lines().filter(line -> line.contains(SESSION) && !line.contains("path=")))
                .isEmpty();
        assertThat(metrics.body()).as("the metrics").doesNotContain(NAME, SESSION, AMOUNT, ID, BAD_KEY, token);
        assertThat(String.join("\n", problems))
                .as("the problems")
                .doesNotContain(NAME, AMOUNT, BAD_KEY, token, "2026-13-" + SESSION);
    }

    private HttpResponse<String> posted(String body, String type) {
        return send(request(SINGLE + (type.contains("nd") ? "s" : ""))
                .header("Content-Type", type)
                .header("X-API-Key", key(Role.WAGERS_WRITE).token())
                .POST(BodyPublishers.ofString(body)));
    }

    private HttpResponse<String> read(String path) {
        return send(request(path).header("X-API-Key", key(Role.WAGERS_READ).token()));
    }

    private void refused(HttpResponse<String> response) {
        assertThat(response.statusCode()).as(response.body()).isGreaterThanOrEqualTo(400);
        problems.add(response.body());
    }

    private static String wager(String amount, String created) {
        return """
                {"wagerId":"%s","accountId":"2c937b23-03ae-4110-90d5-47d055d89001","Username":"%s","provider":"Tin Kettle",\
                "gameName":"Clay Harp","amount":%s,"createdDateTime":"%s","sessionData":"%s"}""".formatted(ID, NAME, amount, created, SESSION);
    }
}
