package io.wager.consumer.reconcile;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.convert.DurationStyle;

/**
 * How the command was called.
 *
 * @param isHelp whether only the help was asked for
 * @param accepted the file of wagers that a client believes accepted; {@code -} for standard input, null for none
 * @param fates where each one's fate goes; null for nowhere
 * @param settle how long missing ones are looked for again
 * @param overdue after how long a requeued letter is taken for lost
 * @param isRepair whether totals are rebuilt
 * @param actor who the audit says repaired
 * @param report where the report goes; {@code -} for standard output, null for nowhere
 * @param properties Spring Boot's command line properties, such as {@code --spring.datasource.url=…}
 */
record ReconcileOptions(
        boolean isHelp,
        @Nullable String accepted,
        @Nullable String fates,
        Duration settle,
        Duration overdue,
        boolean isRepair,
        String actor,
        @Nullable String report,
        List<String> properties) {

    private static final Set<String> WITH_VALUE =
            Set.of("--accepted", "--fates", "--settle", "--overdue", "--actor", "--report");
    private static final Set<String> WITHOUT_VALUE = Set.of("--repair", "--help", "-h");
    private static final int MAX_ACTOR_CHARS = 200;

    ReconcileOptions {
        properties = List.copyOf(properties);
    }

    /** Reads options as {@code --name value} or {@code --name=value}; passes on what has a dot in its name. */
    static ReconcileOptions parse(String... arguments) throws WrongUsage {
        Map<String, String> values = new HashMap<>();
        List<String> properties = new ArrayList<>();
        for (var i = 0; i < arguments.length; i++) {
            var argument = arguments[i];
            var equals = argument.indexOf('=');
            var name = equals < 0 ? argument : argument.substring(0, equals);
            if (WITH_VALUE.contains(name)) {
                if (equals < 0 && i + 1 == arguments.length) {
                    throw new WrongUsage(name + " needs a value");
                }
                values.put(name, equals < 0 ? arguments[++i] : argument.substring(equals + 1));
            } else if (WITHOUT_VALUE.contains(argument)) {
                values.put(name, "");
            } else if (name.startsWith("--") && name.contains(".") && equals > 0) {
                properties.add(argument);
            } else {
                throw new WrongUsage("does not know " + argument);
            }
        }
        return of(values, properties);
    }

    private static ReconcileOptions of(Map<String, String> values, List<String> properties) throws WrongUsage {
        var options = new ReconcileOptions(
                values.containsKey("--help") || values.containsKey("-h"),
                values.get("--accepted"),
                values.get("--fates"),
                duration("--settle", values.getOrDefault("--settle", "10s")),
                duration("--overdue", values.getOrDefault("--overdue", "1h")),
                values.containsKey("--repair"),
                values.getOrDefault("--actor", "reconcile"),
                values.get("--report"),
                properties);
        if (options.fates != null && options.accepted == null) {
            throw new WrongUsage("--fates tells the fates of the wagers of --accepted, which is missing");
        }
        if (options.actor.isBlank() || options.actor.length() > MAX_ACTOR_CHARS) {
            throw new WrongUsage("--actor must have 1 to " + MAX_ACTOR_CHARS + " characters");
        }
        return options;
    }

    private static Duration duration(String name, String text) throws WrongUsage {
        try {
            var duration = DurationStyle.SIMPLE.parse(text);
            if (!duration.isNegative()) {
                return duration;
            }
        } catch (IllegalArgumentException | ArithmeticException e) {
            throw new WrongUsage(name + " must be a number and a unit, such as 30s or 5m, not " + text);
        }
        throw new WrongUsage(name + " must not be negative");
    }
}
