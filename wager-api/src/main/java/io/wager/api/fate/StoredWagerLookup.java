package io.wager.api.fate;

import io.wager.core.wager.Wager;
import io.wager.core.wager.WagerId;
import java.util.Optional;
import org.springframework.stereotype.Component;

/** Finds a stored wager. */
@Component
public final class StoredWagerLookup {

    private final FateRepository fates;

    StoredWagerLookup(FateRepository fates) {
        this.fates = fates;
    }

    /**
     * A stored wager.
     *
     * @param wagerId its id
     * @return empty if none of this id is stored
     */
    public Optional<Wager> find(WagerId wagerId) {
        return fates.find(wagerId).map(FateRepository.StoredWager::wager);
    }
}
