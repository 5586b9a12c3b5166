package io.wager.api.deadletter;

import io.wager.api.deadletter.DeadLetterRepository.Count;
import io.wager.api.deadletter.DeadLetterRepository.DeadLetterRow;
import io.wager.api.deadletter.DeadLetterRepository.GroupCount;
import io.wager.api.http.CountCursor;
import io.wager.core.deadletter.DeadLetterStatus;
import io.wager.core.messaging.DeadLetterReason;
import java.time.Instant;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Adds up what the database counted. */
final class DeadLetterTally {

    private DeadLetterTally() {}

    static DeadLetterCount count(List<Count> counts) {
        var byStatus = noneByStatus();
        Map<String, Long> byReason = new LinkedHashMap<>();
        for (var reason : DeadLetterReason.values()) {
            byReason.put(reason.wireForm(), 0L);
        }
        var total = 0L;
        for (var count : counts) {
            byStatus.merge(count.status(), count.letters(), Long::sum);
            byReason.merge(count.reason(), count.letters(), Long::sum);
            total += count.letters();
        }
        return new DeadLetterCount(total, byStatus, byReason);
    }

    /** In the order of the list. */
    static List<Group> groups(List<GroupCount> counts) {
        Map<String, Group> groups = new LinkedHashMap<>();
        for (var count : counts) {
            groups.merge(count.fingerprint(), Group.of(count), Group::with);
        }
        return groups.values().stream().sorted(Group.ORDER).toList();
    }

    /** What follows a place, whether or not its group is still there. */
    static List<Group> after(@Nullable CountCursor cursor, List<Group> groups) {
        return cursor == null
                ? groups
                : groups.stream()
                        .filter(group -> Group.PLACES.compare(group.place(), cursor) > 0)
                        .toList();
    }

    /** With what their samples say; a group whose sample was deleted meanwhile is left out. */
    static DeadLetterGroups named(List<Group> groups, List<DeadLetterRow> samples) {
        Map<Long, DeadLetterItem> bySequence =
                samples.stream().collect(Collectors.toMap(DeadLetterRow::sequence, DeadLetterRow::item));
        return new DeadLetterGroups(groups.stream()
                .flatMap(group -> Optional.ofNullable(bySequence.get(group.sample())).map(group::named).stream())
                .toList());
    }

    private static Map<String, Long> noneByStatus() {
        Map<String, Long> byStatus = new LinkedHashMap<>();
        for (var status : DeadLetterStatus.values()) {
            byStatus.put(status.wireForm(), 0L);
        }
        return byStatus;
    }

    /** A group without what its samples say. */
    record Group(String fingerprint, Map<String, Long> byStatus, Instant firstFailed, Instant lastFailed, long sample) {

        static final Comparator<CountCursor> PLACES = Comparator.comparingLong(CountCursor::count)
                .thenComparing(CountCursor::time)
                .reversed()
                .thenComparing(CountCursor::key, Long::compareUnsigned);

        static final Comparator<Group> ORDER = Comparator.comparing(Group::place, PLACES);

        static Group of(GroupCount count) {
            var byStatus = noneByStatus();
            byStatus.put(count.status(), count.letters());
            return new Group(count.fingerprint(), byStatus, count.firstFailed(), count.lastFailed(), count.sample());
        }

        Group with(Group other) {
            Map<String, Long> sum = new LinkedHashMap<>(byStatus);
            other.byStatus.forEach((status, letters) -> sum.merge(status, letters, Long::sum));
            return new Group(
                    fingerprint,
                    sum,
                    firstFailed.isBefore(other.firstFailed) ? firstFailed : other.firstFailed,
                    lastFailed.isAfter(other.lastFailed) ? lastFailed : other.lastFailed,
                    Math.max(sample, other.sample));
        }

        /** The fingerprint's 16 hexadecimal digits are 64 bits. */
        CountCursor place() {
            return new CountCursor(open(), lastFailed, Long.parseUnsignedLong(fingerprint, 16));
        }

        private long open() {
            return byStatus.getOrDefault(DeadLetterStatus.OPEN.wireForm(), 0L);
        }

        private long count() {
            return byStatus.values().stream().mapToLong(Long::longValue).sum();
        }

        private DeadLetterGroups.Group named(DeadLetterItem item) {
            return new DeadLetterGroups.Group(
                    fingerprint,
                    item.title(),
                    item.reason(),
                    item.exceptionType(),
                    count(),
                    byStatus,
                    firstFailed,
                    lastFailed,
                    item.id());
        }
    }
}
