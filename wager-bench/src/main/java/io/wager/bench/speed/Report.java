package io.wager.bench.speed;

import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import io.wager.bench.speed.Comparisons.Line;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * What a run has measured.
 *
 * @param at when it ended
 * @param machine where
 * @param lines the table of ratios
 * @param values every value of every round, by name
 * @param curves what was plotted
 */
public record Report(
        Instant at,
        Machine machine,
        List<Line> lines,
        Map<String, List<Double>> values,
        List<Measurements.Curve> curves) {

    static Report of(Machine machine, List<Comparison> comparisons, Measurements measurements) {
        return new Report(
                Instant.now().truncatedTo(ChronoUnit.SECONDS),
                machine,
                Comparisons.of(comparisons, measurements),
                measurements.values(),
                measurements.curves());
    }

    /** Writes {@code report.json} and the plots. */
    void write(Path folder) throws IOException {
        JsonMapper.builder()
                .addModule(new JavaTimeModule())
                .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
                .enable(SerializationFeature.INDENT_OUTPUT)
                .build()
                .writeValue(folder.resolve("report.json").toFile(), this);
        SvgPlot.write(folder, curves);
    }

    /** The table, what else was measured, and what machine it is of. */
    String text() {
        return "%d processors, %s, %s, load %.2f before%n%n%s%n%s"
                .formatted(
                        machine.processors(),
                        machine.java(),
                        machine.system(),
                        machine.load(),
                        Comparisons.table(lines),
                        otherValues());
    }

    /** The medians of what is compared with nothing; their names say the unit. */
    private String otherValues() {
        return values.entrySet().stream()
                .filter(value -> lines.stream()
                        .map(Line::comparison)
                        .noneMatch(comparison -> value.getKey().equals(comparison.value())
                                || value.getKey().equals(comparison.limit())))
                .map(value -> String.format(
                        Locale.ROOT, "%-70s %,14.1f%n", value.getKey(), Comparisons.median(value.getValue())))
                .collect(Collectors.joining());
    }
}
