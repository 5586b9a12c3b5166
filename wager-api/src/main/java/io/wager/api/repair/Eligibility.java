package io.wager.api.repair;

import io.wager.core.messaging.MessageHeaders;
import io.wager.core.wager.ContentHash;
import io.wager.core.wager.Fault;
import io.wager.core.wager.WagerDecoder;
import io.wager.core.wager.WagerId;
import io.wager.core.wager.WagerVerdict;
import io.wager.service.validation.ValidationProperties;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Decides which dead letters can be requeued: those that would not certainly fail again. */
@Component
public final class Eligibility {

    /** The most letters in one query. */
    public static final int MAX_LETTERS = 500;

    private final LetterRepository letters;
    private final WagerDecoder decoder;
    private final Clock clock;

    Eligibility(LetterRepository letters, ValidationProperties validation, Clock clock) {
        this.letters = letters;
        this.decoder = new WagerDecoder(validation.maxClockSkew());
        this.clock = clock;
    }

    /**
     * Judges letters. Holds one body at a time.
     *
     * @param ids up to {@value #MAX_LETTERS} ids
     * @param jobId the job that asks; null for a person
     * @return a judgement for each id
     */
    public List<Judgement> judge(Collection<UUID> ids, @Nullable UUID jobId) {
        return judge(ids, jobId, letter -> {});
    }

    /** As above; shows each letter that exists. */
    List<Judgement> judge(Collection<UUID> ids, @Nullable UUID jobId, Consumer<Letter> seen) {
        if (ids.size() > MAX_LETTERS) {
            throw new IllegalArgumentException("up to " + MAX_LETTERS + " letters, not " + ids.size());
        }
        var now = clock.instant();
        List<Opinion> opinions = new ArrayList<>();
        Set<UUID> unknown = new HashSet<>(ids);
        letters.read(ids, letter -> {
            unknown.remove(letter.id());
            seen.accept(letter);
            opinions.add(opinion(letter, jobId, now));
        });
        List<Judgement> judgements = new ArrayList<>(withStored(opinions));
        unknown.forEach(id -> judgements.add(new Judgement(id, Refusal.UNKNOWN, List.of(), null, null)));
        return judgements;
    }

    /** The judgement from the letter alone. */
    private Opinion opinion(Letter letter, @Nullable UUID jobId, Instant now) {
        var refusal = letter.refusal(jobId, now);
        if (refusal == null && !isVersionKnown(letter)) {
            refusal = Refusal.UNSUPPORTED_VERSION;
        }
        if (refusal != null) {
            return refused(letter, refusal, List.of());
        }
        return switch (decoder.decode(letter.body(), referenceTime(letter, now))) {
            case WagerVerdict.Valid(var wager) ->
                new Opinion(
                        new Judgement(letter.id(), null, List.of(), letter.status(), wager.wagerId()),
                        wager.wagerId(),
                        ContentHash.of(wager));
            case WagerVerdict.Invalid invalid -> refused(letter, Refusal.INVALID, invalid.faults());
            case WagerVerdict.Malformed ignored -> refused(letter, Refusal.UNDECODABLE, List.of());
        };
    }

    /** The judgement with the stored wagers. */
    private List<Judgement> withStored(List<Opinion> opinions) {
        Set<UUID> wagerIds = new HashSet<>();
        for (var opinion : opinions) {
            if (opinion.wagerId() != null) {
                wagerIds.add(opinion.wagerId().value());
            }
        }
        Map<UUID, ContentHash> stored = letters.storedHashes(wagerIds);
        return opinions.stream().map(opinion -> opinion.given(stored)).toList();
    }

    /** An edited body is of the version that this code writes. */
    private static boolean isVersionKnown(Letter letter) {
        return letter.editedBody() != null
                || String.valueOf(MessageHeaders.CURRENT_SCHEMA_VERSION)
                        .equals(letter.message().headerText(MessageHeaders.SCHEMA_VERSION));
    }

    /** As in the consumer: a wager is not in the future if it was not when it was published. */
    private static Instant referenceTime(Letter letter, Instant now) {
        var published = letter.message().timestamp();
        return published != null && published.plusSeconds(1).isAfter(now) ? published.plusSeconds(1) : now;
    }

    private static Opinion refused(Letter letter, Refusal refusal, List<Fault> faults) {
        return new Opinion(new Judgement(letter.id(), refusal, faults, letter.status(), null), null, null);
    }

    /** A judgement that the stored wagers may still change. */
    private record Opinion(
            Judgement judgement,
            @Nullable WagerId wagerId,
            @Nullable ContentHash content) {

        Judgement given(Map<UUID, ContentHash> stored) {
            var other = wagerId == null ? null : stored.get(wagerId.value());
            return other == null || other.equals(content)
                    ? judgement
                    : new Judgement(judgement.deadLetterId(), Refusal.CONFLICT, List.of(), judgement.status(), wagerId);
        }
    }
}
