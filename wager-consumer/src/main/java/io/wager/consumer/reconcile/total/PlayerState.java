package io.wager.consumer.reconcile.total;

import io.wager.consumer.reconcile.finding.Finding;
import io.wager.consumer.reconcile.finding.FindingKind;
import io.wager.consumer.reconcile.finding.Total;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A player as of one moment: what is stored, and what the wagers add up to.
 *
 * @param accountId the player
 * @param stored the totals in the player's row; null if there is none
 * @param days each day with wagers
 */
record PlayerState(UUID accountId, @Nullable Total stored, SortedMap<LocalDate, Day> days) {

    PlayerState {
        days = new TreeMap<>(days);
    }

    /** A player without a row and without wagers, which is consistent. */
    static PlayerState absent(UUID accountId) {
        return new PlayerState(accountId, null, new TreeMap<>());
    }

    /** What the wagers add up to. */
    Total rows() {
        return days.values().stream().map(Day::rows).reduce(Total.NONE, Total::plus);
    }

    boolean hasWagers() {
        return !days.isEmpty();
    }

    /** What is wrong. */
    List<Finding> findings() {
        var findings = new ArrayList<Finding>();
        var rows = rows();
        if (stored == null && !hasWagers()) {
            return findings;
        }
        if (stored == null) {
            findings.add(Finding.ofTotal(FindingKind.PLAYER_MISSING, accountId, null, null, rows));
        } else if (!hasWagers()) {
            findings.add(Finding.ofTotal(FindingKind.PLAYER_WITHOUT_WAGERS, accountId, null, stored, rows));
        } else if (!stored.equals(rows)) {
            findings.add(Finding.ofTotal(FindingKind.PLAYER_TOTAL, accountId, null, stored, rows));
        }
        days.forEach((date, day) -> {
            if (!day.rows().equals(day.stored())) {
                var kind = day.stored() == null ? FindingKind.DAY_MISSING : FindingKind.DAY_TOTAL;
                findings.add(Finding.ofTotal(kind, accountId, date, day.stored(), day.rows()));
            }
        });
        return findings;
    }

    /**
     * A day with wagers.
     *
     * @param stored the totals in the day's row; null if there is none
     * @param rows what the wagers add up to
     */
    record Day(@Nullable Total stored, Total rows) {}
}
