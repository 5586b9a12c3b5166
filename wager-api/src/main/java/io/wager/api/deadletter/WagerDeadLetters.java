package io.wager.api.deadletter;

import io.wager.api.fate.DeadLetterFates;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import org.springframework.stereotype.Component;

/** What the archive says of the fate of wagers. */
@Component
final class WagerDeadLetters implements DeadLetterFates {

    private final DeadLetterRepository letters;

    WagerDeadLetters(DeadLetterRepository letters) {
        this.letters = letters;
    }

    @Override
    public Map<UUID, DeadLettered> find(Collection<UUID> wagerIds) {
        Map<UUID, DeadLettered> found = new HashMap<>();
        if (!wagerIds.isEmpty()) {
            letters.ofWagers(wagerIds).forEach(letter -> found.put(letter.wagerId(), letter));
        }
        return found;
    }
}
