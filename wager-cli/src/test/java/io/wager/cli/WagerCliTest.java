package io.wager.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.wager.cli.support.FakeApi;
import io.wager.testkit.TestAuthority;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;
import picocli.CommandLine.Command;

class WagerCliTest {

    @Command(
            name = "wager",
            mixinStandardHelpOptions = true,
            subcommands = {PostCommand.class, DemoCommand.class})
    private static final class Root {}

    private static final String VALID =
            "{\"wagerId\":\"6581621c-2f86-422d-bf1e-9b92a6efb53%d\",\"accountId\":\"2c937b23-03ae-4110-90d5-47d055d89001\","
                    + "\n\"username\":\"M\",\"provider\":\"P\",\"gameName\":\"G\",\"amount\":1.50e1,"
                    + "\"createdDateTime\":\"2025-05-18T00:00:00Z\"}";

    private final FakeApi api;
    private final StringWriter out = new StringWriter();

    @TempDir
    Path folder;

    WagerCliTest() throws Exception {
        api = new FakeApi();
    }

    @AfterEach
    void stop() {
        api.close();
    }

    private int run(String... args) {
        var writer = new PrintWriter(out, true);
        return WagerCli.run(
                WagerCli.setUp(new CommandLine(new Root())).setOut(writer).setErr(writer), args);
    }

    private int demo() {
        return run("demo", "--count", "3000", "--url", api.url(), "--give-up-after", "1s");
    }

    private int post(String text) throws Exception {
        var file = Files.writeString(folder.resolve("wagers"), text);
        return run("post", file.toString(), "--url", api.url(), "--give-up-after", "1s");
    }

    @Test
    void demoOfAServiceThatKeepsItsPromisesIsExactAndStaysSo() {
        assertThat(demo()).as(out.toString()).isZero();
        assertThat(demo()).as(out.toString()).isZero();
        assertThat(out.toString()).contains("exact: ");
    }

    @Test
    void demoProvesItselfByTheKeyThatItIsGiven() {
        api.askFor("wgr_k1");

        assertThat(run("demo", "--count", "100", "--url", api.url(), "--api-key", "wgr_k1"))
                .as(out.toString())
                .isZero();
        assertThat(out.toString()).doesNotContain("wgr_k1");
    }

    @Test
    void demoWithoutTheKeyTellsHowToGiveOne() {
        api.askFor("wgr_k1");

        assertThat(run("demo", "--count", "100", "--url", api.url())).isEqualTo(2);

        assertThat(out.toString()).contains("401", "WAGER_API_KEY");
    }

    @Test
    void httpsNeedsACertificateThatIsTrusted() throws IOException {
        var authority = new TestAuthority("wager tests");
        var trusted = Files.writeString(folder.resolve("ca.pem"), authority.pem());
        try (var secured = new FakeApi(authority.issue("api", "127.0.0.1").serverContext())) {
            var url = secured.url().replace("http:", "https:");

            assertThat(run("demo", "--count", "100", "--url", url, "--cacert", trusted.toString()))
                    .as(out.toString())
                    .isZero();
            assertThat(run("demo", "--count", "100", "--url", url)).isEqualTo(2);
            assertThat(out.toString()).contains("the certificate is not taken", "--cacert");
        }
    }

    @Test
    void aFileWithoutCertificatesIsSaid() throws IOException {
        var empty = Files.writeString(folder.resolve("empty.pem"), "");

        for (var file : new String[] {empty.toString(), folder.resolve("none").toString()}) {
            assertThat(run("demo", "--url", "https://127.0.0.1:1", "--cacert", file))
                    .isEqualTo(64);
            assertThat(out.toString()).contains("--cacert").contains(file);
        }
    }

    @Test
    void demoFindsALostWager() {
        api.loseOne();

        assertThat(demo()).isEqualTo(1);
        assertThat(out.toString()).contains("MISMATCH: wager ", "was accepted and is unknown");
    }

    @Test
    void demoFindsAWagerThatCountsTwice() {
        api.countOneTwice();

        assertThat(demo()).isEqualTo(1);
        assertThat(out.toString()).contains("MISMATCH: total of player ");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            500 | {"title":"The service failed"} | status 500: The service failed, 6 times in a row
            501 | {"title":"Not made yet"}       | status 501: Not made yet
            404 | <html>                         | status 404
            401 | {"title":"Who are you?"}       | status 401: Who are you?
            200 | <html>                         | something that is not the wager API's
            """)
    void demoEndsEarlyOnReadsThatDoNotCureThemselvesAndNamesTheLastAnswer(int status, String body, String told) {
        api.answerReads(status, body);

        assertThat(run("demo", "--count", "100", "--url", api.url(), "--give-up-after", "8s"))
                .isEqualTo(2);

        assertThat(api.reads()).isLessThanOrEqualTo(6);
        assertThat(out.toString()).contains(told).contains("/fates answered status ");
    }

    @Test
    void demoWaitsForReadsThatAreUnavailable() {
        api.answerReads(503, "{\"title\":\"The database is away\"}");

        assertThat(demo()).isEqualTo(2);

        assertThat(api.reads()).isGreaterThan(1);
        assertThat(out.toString()).contains("gave up on ", "status 503: The database is away");
    }

    @Test
    void postEndsEarlyOnAServiceThatFails() throws Exception {
        api.answerPosts(500);

        assertThat(run(
                        "post",
                        Files.writeString(folder.resolve("wagers"), "[1]").toString(),
                        "--url",
                        api.url()))
                .isEqualTo(2);

        assertThat(out.toString()).contains("status 500: Posting is broken, 6 times in a row");
    }

    @Test
    void postSendsElementsAsTheyAreOnOneLineAndTellsWhatWasRefused() throws Exception {
        api.refuse(2);

        var code = post("\uFEFF[" + VALID.formatted(1) + ", 7, " + VALID.formatted(2) + "\n]");

        assertThat(code).isEqualTo(1);
        assertThat(api.stored()).isEqualTo(2);
        assertThat(api.bodies()).singleElement().asString().contains("1.50e1").hasLineCount(3);
        assertThat(out.toString())
                .contains("sent 3: 2 accepted, 1 refused, 0 failed", "(the item) wrong-type", "index 1,");
    }

    @Test
    void postComesAgainWhereItIsTooFastAndHalvesWhatIsTooMuchAtOnce() throws Exception {
        api.throttle(2);
        api.takeAtMost(2);

        var code = post("[" + VALID.formatted(1) + "," + VALID.formatted(2) + "," + VALID.formatted(3) + "]");

        assertThat(code).isZero();
        assertThat(api.stored()).isEqualTo(3);
        assertThat(api.bodies()).hasSize(2);
        assertThat(out.toString()).contains("sent 3: 3 accepted, 0 refused, 0 failed");
    }

    @Test
    void postSendsWhatComesBeforeTheBreakOfAnArrayAndNamesThePlace() throws Exception {
        assertThat(post("[" + VALID.formatted(1) + "\n;")).isEqualTo(1);
        assertThat(api.stored()).isEqualTo(1);
        assertThat(out.toString()).contains("broken at line 3, column 1");
    }

    @Test
    void brokenLineIsThatLinesFaultAlone() throws Exception {
        var line = VALID.replace("\n", "");

        assertThat(post(line.formatted(1) + "\n{\"a\":\n\n" + line.formatted(2)))
                .isEqualTo(1);
        assertThat(api.stored()).isEqualTo(2);
        assertThat(out.toString()).contains("malformed-json", "line 2");
    }

    @Test
    void postGivesUpOnAServerThatIsAway() throws Exception {
        api.close();

        assertThat(post("[1]")).isEqualTo(2);
        assertThat(out.toString()).contains("gave up on", "no connection", "Run the same command again");
    }

    @Test
    void wrongUsageIsToldWithoutAStackTrace() {
        assertThat(run("post")).isEqualTo(64);
        assertThat(run("nonsense")).isEqualTo(64);
        assertThat(run("demo", "--batch", "1001")).isEqualTo(64);
        assertThat(run("post", folder.resolve("none").toString())).isEqualTo(64);
        assertThat(run("--version")).isZero();
        assertThat(out.toString()).doesNotContain("\tat ", "@project").contains("wager 0.");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            pots                      | does not know pots. Did you mean post? See: ./wager help
            dmeo --count 3            | does not know dmeo. Did you mean demo? See: ./wager help
            dmeo --help               | does not know dmeo. Did you mean demo? See: ./wager help
            help dem                  | does not know dem. Did you mean demo? See: ./wager help
            xyz                       | does not know xyz. See: ./wager help
            demo --cuont=3            | does not know --cuont. Did you mean --count? See: ./wager help demo
            post a --conurrency 3     | does not know --conurrency. Did you mean --concurrency? See: ./wager help post
            demo extra                | does not take extra. See: ./wager help demo
            post                      | Missing required parameter: 'FILE|-'. See: ./wager help post
            demo --count x            | 'x' is not an int. See: ./wager help demo
            demo --give-up-after soon | must be a number and a unit, such as 30s or 5m, not soon. See: ./wager help demo
            """)
    void wrongUsageIsToldInOneLineWithTheNearestWord(String arguments, String told) {
        assertThat(run(arguments.split(" "))).isEqualTo(64);

        assertThat(out.toString()).startsWith("wager: ").contains(told).hasLineCount(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"demo --help", "help demo", "demo -h"})
    void helpComesBeforeAfterAndShort(String arguments) {
        assertThat(run(arguments.split(" "))).isZero();

        assertThat(out.toString()).contains("Usage: wager demo", "compares every", "--seed", "(default: 42)");
    }
}
