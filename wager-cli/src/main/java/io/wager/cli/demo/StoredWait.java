package io.wager.cli.demo;

import io.wager.cli.api.Fate;
import io.wager.cli.api.GaveUpException;
import io.wager.cli.api.NotTheApiException;
import io.wager.cli.api.Patience;
import io.wager.cli.api.WagerApi;
import io.wager.cli.terminal.Progress;
import io.wager.cli.terminal.Screen;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;

/** Asks for fates until all is stored, or nothing has moved for too long. */
final class StoredWait {

    private final WagerApi api;
    private final Duration giveUpAfter;
    private final Screen screen;

    StoredWait(WagerApi api, Duration giveUpAfter, Screen screen) {
        this.api = api;
        this.giveUpAfter = giveUpAfter;
        this.screen = screen;
    }

    /** What is not stored in the end; empty if all is. */
    List<Fate> untilStored(List<UUID> wagerIds) throws GaveUpException, NotTheApiException, InterruptedException {
        var patience = new Patience(giveUpAfter);
        var stored = new AtomicLong();
        var waiting = new ArrayDeque<>(wagerIds);
        try (var progress = new Progress(screen, "storing", stored::get, () -> null)) {
            progress.showShareOf(stored::get, wagerIds.size());
            for (var pauses = 1; !waiting.isEmpty(); pauses++) {
                var asked = waiting.size();
                var open = round(waiting, stored);
                if (open.size() < asked) {
                    patience.progress();
                    pauses = 1;
                }
                open.forEach(fate -> waiting.add(fate.wagerId()));
                if (!open.isEmpty() && !hasPatience(patience, pauses)) {
                    return open;
                }
            }
        }
        return List.of();
    }

    /** Asks for each once, oldest first. */
    private List<Fate> round(ArrayDeque<UUID> waiting, AtomicLong stored)
            throws GaveUpException, NotTheApiException, InterruptedException {
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
            throws GaveUpException, NotTheApiException, InterruptedException {
        var patience = new Patience(giveUpAfter);
        var ids = List.copyOf(expected.keySet());
        long before = -1;
        for (var pauses = 1; ; pauses++) {
            var fates = ask(ids);
            var isReached =
                    fates.stream().allMatch(fate -> fate.conflicts() >= expected.getOrDefault(fate.wagerId(), 0));
            var now = fates.stream().mapToLong(Fate::conflicts).sum();
            if (now > before) {
                before = now;
                patience.progress();
                pauses = 1;
            }
            if (isReached || !hasPatience(patience, pauses)) {
                return;
            }
        }
    }

    /** The fates of any number of wagers, in the order asked. */
    List<Fate> ask(List<UUID> wagerIds) throws GaveUpException, NotTheApiException, InterruptedException {
        List<Fate> fates = new ArrayList<>();
        for (var from = 0; from < wagerIds.size(); from += WagerApi.MAX_ITEMS) {
            fates.addAll(askPart(wagerIds.subList(from, Math.min(wagerIds.size(), from + WagerApi.MAX_ITEMS))));
        }
        return fates;
    }

    private List<Fate> askPart(List<UUID> wagerIds) throws GaveUpException, NotTheApiException, InterruptedException {
        return new Patience(giveUpAfter).ask(() -> api.fates(wagerIds));
    }

    private static boolean hasPatience(Patience patience, int pauses) throws InterruptedException {
        try {
            patience.await(pauses, null, "not stored yet");
            return true;
        } catch (GaveUpException e) {
            return false;
        }
    }
}
