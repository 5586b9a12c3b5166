package io.wager.cli.post;

import io.wager.cli.api.Answer;
import io.wager.cli.api.Receipt;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/** Counts what became of the items, and keeps a few examples of each fault. */
final class Tally implements Outcomes {

    private static final int MAX_EXAMPLES = 3;

    private final AtomicLong accepted = new AtomicLong();
    private final AtomicLong refused = new AtomicLong();
    private final AtomicLong failed = new AtomicLong();
    private final Map<Kind, Group> groups = new HashMap<>();

    @Override
    public void accepted(Item item) {
        accepted.incrementAndGet();
    }

    @Override
    public void refused(Item item, Receipt.Rejected why) {
        refused.incrementAndGet();
        why.faults().stream()
                .map(fault -> new Kind(fault.pointer(), fault.code()))
                .distinct()
                .forEach(kind -> group(kind, why.faults()).add(item, why.wagerId()));
    }

    @Override
    public void failed(Item item, Receipt.Failed why) {
        failed.incrementAndGet();
    }

    long accepted() {
        return accepted.get();
    }

    long refused() {
        return refused.get();
    }

    long failed() {
        return failed.get();
    }

    long done() {
        return accepted() + refused() + failed();
    }

    private Group group(Kind kind, List<Answer.Fault> faults) {
        return groups.computeIfAbsent(
                kind,
                key -> new Group(faults.stream()
                        .filter(fault -> key.equals(new Kind(fault.pointer(), fault.code())))
                        .map(Answer.Fault::detail)
                        .findFirst()
                        .orElse("")));
    }

    /** Call once all is done. */
    void print(PrintWriter out) {
        groups.entrySet().stream()
                .sorted(Comparator.<Map.Entry<Kind, Group>>comparingLong(entry -> -entry.getValue().count)
                        .thenComparing(entry -> entry.getKey().pointer())
                        .thenComparing(entry -> entry.getKey().code()))
                .forEach(entry -> {
                    var kind = entry.getKey();
                    var group = entry.getValue();
                    out.printf(
                            Locale.ROOT,
                            "  %,8d  %s %s: %s%n",
                            group.count,
                            kind.pointer().isEmpty() ? "(the item)" : kind.pointer(),
                            kind.code(),
                            group.detail);
                    group.examples.forEach(example -> out.println("            " + example));
                });
    }

    private record Kind(String pointer, String code) {}

    private static final class Group {
        private final String detail;
        private final List<String> examples = new ArrayList<>();
        private long count;

        Group(String detail) {
            this.detail = detail;
        }

        void add(Item item, @Nullable String wagerId) {
            count++;
            if (examples.size() < MAX_EXAMPLES) {
                examples.add("index " + item.index() + ", line " + item.line() + ", "
                        + (wagerId == null ? "no wagerId" : "wagerId " + wagerId));
            }
        }
    }
}
