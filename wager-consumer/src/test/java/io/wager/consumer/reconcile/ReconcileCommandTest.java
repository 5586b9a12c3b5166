package io.wager.consumer.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.json.JsonMapper;
import io.wager.consumer.schema.TestSchema;
import io.wager.testkit.FreePort;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.h2.jdbcx.JdbcDataSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ReconcileCommandTest {

    @TempDir
    private Path folder;

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    @Test
    void theHelpNamesEveryOptionAndExitCode() {
        assertThat(run("--help")).isZero();
        assertThat(text(out))
                .contains("--accepted", "--fates", "--settle", "--overdue", "--repair", "--actor", "--report")
                .contains(
                        "0    no findings, or all are repaired",
                        "1    findings",
                        "2    it could not be completed",
                        "64   wrong usage")
                .contains("Compares the totals", "Examples:");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    --nonsense                    | Unknown option: '--nonsense'
                    --report                      | Missing required parameter for option '--report'
                    --settle=soon                 | option '--settle': must be a number and a unit
                    --settle=-1s                  | option '--settle': must not be negative
                    --fates=somewhere             | needs --accepted
                    --actor=                      | --actor must have 1 to 200 characters
                    --accepted=/no/such/file      | can't open /no/such/file
                    --report=/no/such/folder/file | can't open /no/such/folder/file
                    """)
    void wrongUsageIsToldInOneLineBeforeTheDatabaseIsAsked(String argument, String message) {
        assertThat(run(databaseThatIsAway(), argument)).isEqualTo(64);
        assertThat(text(err))
                .contains(message)
                .contains("See: reconcile --help")
                .hasLineCount(1);
    }

    @Test
    void aDatabaseThatIsNotNamedIsWrongUsage() {
        assertThat(run()).isEqualTo(64);
        assertThat(text(err)).contains("SPRING_DATASOURCE_URL");
    }

    @Test
    void aDatabaseThatIsAwayIsNoVerdict() throws Exception {
        var report = folder.resolve("report.json");

        assertThat(run("--report", report.toString(), databaseThatIsAway())).isEqualTo(2);

        assertThat(text(err)).contains("could not begin").hasLineCount(1);
        assertThat(Files.readString(report)).contains("\"result\" : \"incomplete\"");
    }

    @Test
    void aDatabaseWithoutTheTablesIsNoVerdict() {
        assertThat(run("--spring.datasource.url=jdbc:h2:file:" + folder.resolve("empty")))
                .isEqualTo(2);
        assertThat(text(out)).contains("NOT completed: the database refuses").doesNotContain("at io.wager");
    }

    @Test
    void theReportOnStandardOutputIsAllThatIsThere() throws Exception {
        var database = new JdbcDataSource();
        database.setURL("jdbc:h2:file:" + folder.resolve("wagers"));
        TestSchema.migrate(database);

        var code = run("--report", "-", "--spring.datasource.url=" + database.getURL());

        assertThat(code).as(text(err)).isZero();
        assertThat(new JsonMapper().readTree(text(out)).get("result").asText()).isEqualTo("consistent");
        assertThat(text(err)).contains("consistent, as of");
    }

    private String databaseThatIsAway() {
        return "--spring.datasource.url=jdbc:h2:tcp://127.0.0.1:" + FreePort.find() + "/nowhere";
    }

    private int run(String... arguments) {
        return ReconcileCommand.run(
                new ByteArrayInputStream(new byte[0]),
                new PrintStream(out, true, StandardCharsets.UTF_8),
                new PrintStream(err, true, StandardCharsets.UTF_8),
                arguments);
    }

    private static String text(ByteArrayOutputStream stream) {
        return stream.toString(StandardCharsets.UTF_8);
    }
}
