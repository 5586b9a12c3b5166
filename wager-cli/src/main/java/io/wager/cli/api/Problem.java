package io.wager.cli.api;

import io.wager.cli.api.Answer.Fault;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A problem as RFC 9457 has it. Any part may be missing. */
record Problem(
        @Nullable String type,
        @Nullable String title,
        @Nullable String detail,
        @Nullable List<Fault> errors) {

    /** The faults that it lists, or else the problem itself. */
    List<Fault> faults() {
        if (errors != null && !errors.isEmpty()) {
            return errors;
        }
        var kind =
                type == null ? "unknown" : type.substring(Math.max(type.lastIndexOf(':'), type.lastIndexOf('/')) + 1);
        return List.of(new Fault("", kind, Objects.requireNonNullElse(detail, "")));
    }

    /** The title, for a person. */
    String reason() {
        return Objects.requireNonNullElse(title, "no reason given");
    }
}
