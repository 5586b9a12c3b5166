package io.wager.cli.demo;

import io.wager.cli.api.Fate;
import io.wager.cli.api.GaveUpException;
import io.wager.cli.api.Patience;
import io.wager.cli.api.UnusableApiException;
import io.wager.cli.api.WagerApi;
import io.wager.cli.terminal.Progress;
import io.wager.cli.terminal.Screen;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/** Asks for fates until all is stored, or nothing has moved for too long. Shows what it waits for. */
final class StoredWait {

    private final WagerApi api;
    private final Duration giveUpAfter;
    private final Screen screen;
    private final Patience answers;

    StoredWait(WagerApi api, Duration giveUpAfter, Screen screen) {
        this.api = api;
        this.giveUpAfter = giveUpAfter;
        this.screen = screen;
        this.answers = new Patience(giveUpAfter);
    }

    /** What is not stored in the end; empty if all is. */
    List<Fate> untilStored(List<UUID> wagerIds) throws GaveUpException, UnusableApiException, InterruptedException {
        var patience = new Patience(giveUpAfter);
        var stored = new AtomicLong();
        var waiting = new ArrayDeque<>(wagerIds);
        var pauses = patience.attempts();
        try (var progress = new Progress(screen, "storing", stored::get, () -> trouble(patience))) {
            progress.showShareOf(stored::get, wagerIds.size());
            while (!waiting.isEmpty()) {
                var asked = waiting.size();
                var open = round(waiting, stored);
                if (open.size() < asked) {
                    patience.progress();
                    pauses.reset();
                }
                open.forEach(fate -> waiting.add(fate.wagerId()));
                if (!open.isEmpty() && !hasPatience(pauses, open.size(), "wagers that are accepted and not stored")) {
                    return open;
                }
            }
        }
        return List.of();
    }

    /** Asks for each once, oldest first. */
    private List<Fate> round(ArrayDeque<UUID> waiting, AtomicLong stored)
            throws GaveUpException, UnusableApiException, InterruptedException {
        List<Fate> open = new ArrayList<>();
        while (!waiting.isEmpty()) {
            List<UUID> part = new ArrayList<>();
            while (part.size() < WagerApi.MAX_ITEMS && !waiting.isEmpty()) {
                part.add(waiting.remove());
            }
            for (var fate : askPart(part)) {
                if (fate.status().equals("stored")) {
                    stored.incrementAndGet();
                } else {
                    open.add(fate);
                }
            }
        }
        return open;
    }

    /** Waits until each wager has as many conflicts as expected, or nothing moves any more; what then is, is for the check. */
    void untilConflictsAre(Map<UUID, Integer> expected)
            throws GaveUpException, UnusableApiException, InterruptedException {
        var patience = new Patience(giveUpAfter);
        var pauses = patience.attempts();
        var ids = List.copyOf(expected.keySet());
        var counted = new AtomicLong();
        try (var progress = new Progress(screen, "conflicts", counted::get, () -> trouble(patience))) {
            progress.showShareOf(
                    counted::get, expected.values().stream().mapToLong(n -> n).sum());
            while (true) {
                var fates = ask(ids);
                var open = fates.stream()
                        .filter(fate -> fate.conflicts() < expected.getOrDefault(fate.wagerId(), 0))
                        .count();
                var now = fates.stream().mapToLong(Fate::conflicts).sum();
                if (now > counted.getAndSet(now)) {
                    patience.progress();
                    pauses.reset();
                }
                if (open == 0 || !hasPatience(pauses, open, "wagers whose conflicts are not counted")) {
                    return;
                }
            }
        }
    }

    /** The fates of any number of wagers, in the order asked. */
    List<Fate> ask(List<UUID> wagerIds) throws GaveUpException, UnusableApiException, InterruptedException {
        List<Fate> fates = new ArrayList<>();
        for (var from = 0; from < wagerIds.size(); from += WagerApi.MAX_ITEMS) {
            fates.addAll(askPart(wagerIds.subList(from, Math.min(wagerIds.size(), from + WagerApi.MAX_ITEMS))));
        }
        return fates;
    }

    private List<Fate> askPart(List<UUID> wagerIds) throws GaveUpException, UnusableApiException, InterruptedException {
        return answers.ask(() -> api.fates(wagerIds));
    }

    /** What the API's last answer was, if it gives none that helps; else what is waited for. */
    private @Nullable String trouble(Patience waiting) {
        var answer = answers.trouble();
        return answer == null ? waiting.trouble() : answer;
    }

    private static boolean hasPatience(Patience.Attempts pauses, long open, String what) throws InterruptedException {
        try {
            pauses.awaitChange(String.format(Locale.ROOT, "waiting for %,d %s yet", open, what));
            return true;
        } catch (GaveUpException e) {
            return false;
        }
    }
}
