package io.wager.api.analytics;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/** What a breakdown is by. */
enum Grouping {
    PROVIDER,
    GAME,
    THEME,
    COUNTRY,
    DAY;

    static final String CHOICES =
            Arrays.stream(values()).map(Grouping::wireForm).collect(Collectors.joining(", "));

    String wireForm() {
        return name().toLowerCase(Locale.ROOT);
    }

    static Optional<Grouping> fromWireForm(String text) {
        return Arrays.stream(values())
                .filter(grouping -> grouping.wireForm().equals(text))
                .findFirst();
    }
}
