package io.wager.api.deadletter;

import io.wager.api.deadletter.DeadLetterDetail.Body;
import io.wager.api.deadletter.DeadLetterDetail.DeadMessage;
import io.wager.api.deadletter.DeadLetterDetail.Edited;
import io.wager.api.deadletter.DeadLetterDetail.Stored;
import io.wager.api.deadletter.DeadLetterRepository.Edit;
import io.wager.api.fate.StoredWagerLookup;
import io.wager.core.messaging.Message;
import io.wager.core.wager.ContentHash;
import io.wager.core.wager.Timestamps;
import io.wager.core.wager.Wager;
import io.wager.core.wager.WagerDecoder;
import io.wager.core.wager.WagerEncoder;
import io.wager.core.wager.WagerId;
import io.wager.core.wager.WagerVerdict;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Puts together all that is known of a dead letter. */
@Component
final class DeadLetterReader {

    /** Whether the wager is in the future does not change its content. */
    private static final WagerDecoder ANY_TIME = new WagerDecoder(Duration.ZERO);

    private final DeadLetterRepository letters;
    private final StoredWagerLookup storedWagers;

    DeadLetterReader(DeadLetterRepository letters, StoredWagerLookup storedWagers) {
        this.letters = letters;
        this.storedWagers = storedWagers;
    }

    /** Empty if there is no such letter, or none any more. */
    Optional<DeadLetterDetail> find(UUID id) {
        return letters.find(id).flatMap(row -> detail(row.item()));
    }

    /** Empty if the letter was deleted meanwhile. */
    Optional<DeadLetterDetail> detail(DeadLetterItem item) {
        return letters.content(item.id()).map(content -> {
            var original = content.message().body();
            var edits = item.edits() == 0 ? List.<Edit>of() : letters.edits(item.id());
            var current = edits.isEmpty() ? original : edits.getLast().body();
            return new DeadLetterDetail(
                    item,
                    message(content.message()),
                    content.stackTrace(),
                    edits.isEmpty() ? null : edited(edits.getLast(), original),
                    stored(item.wagerId(), current),
                    letters.events(item.id()));
        });
    }

    private static DeadMessage message(Message message) {
        return new DeadMessage(
                message.messageId(),
                message.type(),
                message.contentType(),
                message.correlationId(),
                message.timestamp(),
                message.headers(),
                body(message.body()));
    }

    private static Edited edited(Edit edit, byte[] original) {
        return new Edited(
                edit.number(),
                edit.editedAt(),
                edit.actor(),
                edit.note(),
                body(edit.body()),
                BodyDiff.of(original, edit.body()));
    }

    private static Body body(byte[] bytes) {
        try {
            var text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
            return new Body(bytes.length, text, null, BodyDiff.tree(bytes));
        } catch (CharacterCodingException e) {
            return new Body(bytes.length, null, Base64.getEncoder().encodeToString(bytes), null);
        }
    }

    /** Both contents side by side, for a conflict and for a letter that was stored by another way. */
    private @Nullable Stored stored(@Nullable UUID archivedWagerId, byte[] current) {
        var verdict = ANY_TIME.decode(current, Timestamps.END.minusSeconds(1));
        var wager = verdict instanceof WagerVerdict.Valid(var valid) ? valid : null;
        var wagerId = wager == null ? archivedWagerId : wager.wagerId().value();
        if (wagerId == null) {
            return null;
        }
        // Another spelling of the same is no difference.
        var said = wager == null ? current : WagerEncoder.encode(wager);
        return storedWagers
                .find(new WagerId(wagerId))
                .map(stored ->
                        new Stored(stored, isSame(stored, wager), BodyDiff.of(WagerEncoder.encode(stored), said)))
                .orElse(null);
    }

    private static boolean isSame(Wager stored, @Nullable Wager other) {
        return other != null && ContentHash.of(stored).equals(ContentHash.of(other));
    }
}
