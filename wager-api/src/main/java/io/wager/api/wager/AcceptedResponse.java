package io.wager.api.wager;

import java.util.UUID;

/**
 * The receipt of a wager that is durable.
 *
 * @param wagerId the wager
 * @param status always {@code accepted}
 */
record AcceptedResponse(UUID wagerId, String status) {}
