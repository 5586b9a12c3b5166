package io.wager.api.fate;

import java.util.List;
import java.util.UUID;

/**
 * What became of many wagers.
 *
 * @param fates one per id, in the order asked
 */
record FatesResponse(List<Fate> fates) {

    /**
     * What became of one.
     *
     * @param wagerId the wager
     * @param status {@code stored}, {@code dead-lettered} or {@code unknown}
     * @param conflicts how many distinct other contents came for its id
     */
    record Fate(UUID wagerId, String status, int conflicts) {}
}
