package io.wager.consumer.reconcile;

import io.wager.consumer.reconcile.accepted.Fate;
import io.wager.consumer.reconcile.finding.Finding;
import java.util.Locale;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The report for a person. */
final class Summary {

    private static final int SHOWN = 10;

    private Summary() {}

    static String of(ReconcileReport report) {
        var text = new StringBuilder();
        var totals = report.totals();
        line(
                text,
                "%,d wagers of %,d players, total %s; %,d days",
                totals.total().count(),
                totals.players(),
                totals.total().amount().toPlainString(),
                totals.dayRows());
        var letters = report.letters().counts().entrySet().stream()
                .flatMap(reason -> reason.getValue().entrySet().stream()
                        .map(status -> String.format(
                                Locale.ROOT, "%,d %s %s", status.getValue(), status.getKey(), reason.getKey())))
                .collect(Collectors.joining(", "));
        line(
                text,
                "dead letters: %s; %,d conflicts",
                letters.isEmpty() ? "none" : letters,
                report.letters().conflicts());
        var accepted = report.accepted();
        if (accepted != null) {
            line(
                    text,
                    "accepted: %,d lines; %s, %,d broken",
                    accepted.lines(),
                    Stream.of(Fate.values())
                            .map(fate -> String.format(
                                    Locale.ROOT, "%,d %s", accepted.counts().getOrDefault(fate, 0L), fate.wireForm()))
                            .collect(Collectors.joining(", ")),
                    accepted.broken());
        }
        var findings = report.findings();
        findings.counts()
                .forEach((kind, count) -> line(
                        text,
                        "%s: %,d%s",
                        kind.wireForm(),
                        count,
                        findings.repaired().containsKey(kind)
                                ? String.format(
                                        Locale.ROOT,
                                        ", of which %,d repaired",
                                        findings.repaired().get(kind))
                                : ""));
        findings.kept().stream().limit(SHOWN).forEach(finding -> line(text, "  %s", describe(finding)));
        if (findings.total() > SHOWN) {
            line(text, "  … and %,d more: see the report", findings.total() - SHOWN);
        }
        line(text, "%s, as of %s to %s", verdict(report), report.startedAt(), report.finishedAt());
        return text.toString();
    }

    private static String verdict(ReconcileReport report) {
        var findings = report.findings();
        return switch (report.result()) {
            case "consistent" -> "consistent";
            case "repaired" -> String.format(Locale.ROOT, "repaired: %,d findings, none remains", findings.total());
            case "findings" -> String.format(Locale.ROOT, "NOT consistent: %,d findings", findings.remaining());
            default -> "NOT completed: " + report.problem();
        };
    }

    private static String describe(Finding finding) {
        var subject = Stream.of(finding.accountId(), finding.day(), finding.wagerId(), finding.deadLetterId())
                .filter(Objects::nonNull)
                .map(Object::toString)
                .collect(Collectors.joining(" "));
        var text = new StringBuilder(finding.kind().wireForm());
        if (finding.line() != null) {
            text.append(" line ").append(finding.line());
        }
        text.append(subject.isEmpty() ? "" : " " + subject);
        if (finding.rows() != null) {
            var stored = finding.stored();
            text.append(": stored ")
                    .append(stored == null ? "nothing" : stored.amount().toPlainString() + " of " + stored.count())
                    .append(", rows ")
                    .append(finding.rows().amount().toPlainString() + " of "
                            + finding.rows().count());
        }
        return text.append(finding.detail() == null ? "" : ": " + finding.detail())
                .append(finding.isRepaired() ? " (repaired)" : "")
                .toString();
    }

    private static void line(StringBuilder text, String format, Object... arguments) {
        text.append(String.format(Locale.ROOT, format, arguments)).append('\n');
    }
}
