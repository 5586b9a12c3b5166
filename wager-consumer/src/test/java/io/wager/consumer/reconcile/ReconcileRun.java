package io.wager.consumer.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.StreamSupport;
import javax.sql.DataSource;
import picocli.CommandLine;

/**
 * What one run of the command gave.
 *
 * @param exitCode of the process
 * @param report as JSON
 * @param output what a person sees
 */
record ReconcileRun(int exitCode, JsonNode report, String output) {

    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .build();

    /** Runs without a client's file. */
    static ReconcileRun of(DataSource dataSource, Path folder, String... arguments) throws Exception {
        return of(dataSource, folder, new ByteArrayInputStream(new byte[0]), arguments);
    }

    /** Runs with something on standard input. */
    static ReconcileRun of(DataSource dataSource, Path folder, InputStream in, String... arguments) throws Exception {
        var file = folder.resolve("report.json");
        var all = new ArrayList<>(List.of(arguments));
        all.addAll(List.of("--report", file.toString()));
        var output = new ByteArrayOutputStream();
        var printer = new PrintStream(output, true, StandardCharsets.UTF_8);
        var code = ReconcileCommand.run(
                CommandLine.populateCommand(new ReconcileOptions(Duration.ofSeconds(10)), all.toArray(String[]::new)),
                dataSource,
                Duration.ofSeconds(20),
                Duration.ofDays(30),
                in,
                printer,
                printer);
        return new ReconcileRun(code, JSON.readTree(Files.readString(file)), output.toString(StandardCharsets.UTF_8));
    }

    /** Fails unless nothing is wrong and nothing was. */
    ReconcileRun requireConsistent() {
        assertThat(report.at("/findings/list")).as(output).isEmpty();
        assertThat(report.at("/result").asText()).isEqualTo("consistent");
        assertThat(exitCode).isZero();
        return this;
    }

    /** The kinds of the findings, sorted. */
    List<String> kinds() {
        return StreamSupport.stream(report.at("/findings/list").spliterator(), false)
                .map(finding -> finding.get("kind").asText())
                .sorted()
                .toList();
    }

    /** The first finding of a kind. */
    JsonNode finding(String kind) {
        return StreamSupport.stream(report.at("/findings/list").spliterator(), false)
                .filter(finding -> finding.get("kind").asText().equals(kind))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no " + kind + " in " + report));
    }
}
