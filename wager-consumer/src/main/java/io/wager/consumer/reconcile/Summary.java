package io.wager.consumer.reconcile;

import io.wager.consumer.reconcile.accepted.AcceptedCheck;
import io.wager.consumer.reconcile.accepted.Fate;
import io.wager.consumer.reconcile.finding.Finding;
import io.wager.consumer.reconcile.letter.LettersCheck;
import java.util.ArrayList;
import java.util.Locale;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The report for a person. */
final class Summary {

    private static final int SHOWN = 10;

    private Summary() {}

    static String of(ReconcileReport report) {
        var lines = new ArrayList<String>();
        var totals = report.totals();
        lines.add(String.format(
                Locale.ROOT,
                "%,d wagers of %,d players, total %s; %,d rows of days",
                totals.total().count(),
                totals.players(),
                totals.total().amount().toPlainString(),
                totals.dayRows()));
        lines.add(letters(report.letters()));
        if (report.accepted() != null) {
            lines.add(accepted(report.accepted()));
        }
        var findings = report.findings();
        findings.counts()
                .forEach((kind, count) -> lines.add(String.format(
                        Locale.ROOT,
                        "%s: %,d, repaired %,d",
                        kind.wireForm(),
                        count,
                        findings.repaired().getOrDefault(kind, 0L))));
        findings.kept().stream().limit(SHOWN).forEach(finding -> lines.add("  " + describe(finding)));
        if (findings.total() > SHOWN) {
            lines.add(String.format(Locale.ROOT, "  and %,d more: see --report", findings.total() - SHOWN));
        }
        lines.add(verdict(report) + ", as of " + report.startedAt() + " to " + report.finishedAt());
        return String.join("\n", lines) + "\n";
    }

    private static String letters(LettersCheck letters) {
        var counts = letters.counts().entrySet().stream()
                .flatMap(reason -> reason.getValue().entrySet().stream()
                        .map(status -> String.format(
                                Locale.ROOT, "%,d %s %s", status.getValue(), status.getKey(), reason.getKey())))
                .collect(Collectors.joining(", "));
        return String.format(
                Locale.ROOT,
                "dead letters: %s; %,d conflicts",
                counts.isEmpty() ? "none" : counts,
                letters.conflicts());
    }

    private static String accepted(AcceptedCheck accepted) {
        var fates = Stream.of(Fate.values())
                .map(fate ->
                        String.format(Locale.ROOT, "%,d %s", accepted.counts().getOrDefault(fate, 0L), fate.wireForm()))
                .collect(Collectors.joining(", "));
        return String.format(
                Locale.ROOT, "accepted: %,d lines: %s, %,d broken", accepted.lines(), fates, accepted.broken());
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
}
