package io.wager.consumer.reconcile;

import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.convert.DurationStyle;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.TypeConversionException;

/** How the command was called. */
class ReconcileOptions {

    private static final int MAX_ACTOR_CHARS = 200;

    @Option(
            names = "--accepted",
            paramLabel = "FILE|-",
            description =
                    "Wagers that a client believes accepted, one a line: JSON objects with a wagerId, or ids; - for"
                            + " standard input.")
    private @Nullable String accepted;

    @Option(
            names = "--fates",
            paramLabel = "FILE",
            description = "Writes the fate of each of them, one JSON object a line.")
    private @Nullable String fates;

    @Option(
            names = "--settle",
            paramLabel = "TIME",
            converter = DurationConverter.class,
            description =
                    "How long to look again for missing wagers at the end (default: 10s; of a stopped wager: 0s).")
    private Duration settle;

    @Option(
            names = "--overdue",
            paramLabel = "TIME",
            defaultValue = "1h",
            converter = DurationConverter.class,
            description =
                    "Time after which a requeued letter, or a conflict without its letter, counts as lost (default:"
                            + " ${DEFAULT-VALUE}).")
    private Duration overdue = Duration.ZERO;

    @Option(names = "--repair", description = "Rebuilds wrong totals from the wagers, each player in one transaction.")
    private boolean repair;

    @Option(
            names = "--actor",
            paramLabel = "NAME",
            defaultValue = "reconcile",
            description = "Who repairs, for the audit (default: ${DEFAULT-VALUE}).")
    private String actor = "";

    @Option(
            names = "--report",
            paramLabel = "FILE|-",
            description = "Writes the report as JSON; - for standard output, and the summary to standard error.")
    private @Nullable String report;

    /**
     * No options.
     *
     * @param settle what {@code --settle} is where it is not given
     */
    ReconcileOptions(Duration settle) {
        this.settle = settle;
    }

    /** Refuses what does not go together, before anything is opened. */
    void check(CommandSpec spec) {
        if (fates != null && accepted == null) {
            throw new ParameterException(spec.commandLine(), "--fates needs --accepted");
        }
        if (actor.isBlank() || actor.length() > MAX_ACTOR_CHARS) {
            throw new ParameterException(
                    spec.commandLine(), "--actor must have 1 to " + MAX_ACTOR_CHARS + " characters");
        }
    }

    /** The file of wagers that a client believes accepted; {@code -} for standard input, null for none. */
    @Nullable
    String accepted() {
        return accepted;
    }

    /** Where each one's fate goes; null for nowhere. */
    @Nullable
    String fates() {
        return fates;
    }

    /** How long missing ones are looked for again. */
    Duration settle() {
        return settle;
    }

    /** After how long a requeued letter is taken for lost. */
    Duration overdue() {
        return overdue;
    }

    /** Whether totals are rebuilt. */
    boolean isRepair() {
        return repair;
    }

    /** Who the audit says repaired. */
    String actor() {
        return actor;
    }

    /** Where the report goes; {@code -} for standard output, null for nowhere. */
    @Nullable
    String report() {
        return report;
    }

    /** Reads durations as Spring Boot does. */
    static final class DurationConverter implements ITypeConverter<Duration> {

        @Override
        public Duration convert(String text) {
            Duration duration;
            try {
                duration = DurationStyle.SIMPLE.parse(text);
            } catch (IllegalArgumentException | ArithmeticException e) {
                throw new TypeConversionException("must be a number and a unit, such as 30s or 5m, not " + text);
            }
            if (duration.isNegative()) {
                throw new TypeConversionException("must not be negative");
            }
            return duration;
        }
    }
}
