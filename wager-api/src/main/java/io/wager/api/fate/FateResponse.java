package io.wager.api.fate;

import io.wager.core.wager.Wager;
import java.util.UUID;

/**
 * What became of a wager that is stored.
 *
 * @param wagerId the wager
 * @param status always {@code stored}
 * @param conflicts how many distinct other contents came for its id
 * @param wager the wager as stored, in the contract's spelling
 */
record FateResponse(UUID wagerId, String status, int conflicts, Wager wager) {}
