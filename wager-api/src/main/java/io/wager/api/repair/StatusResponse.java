package io.wager.api.repair;

import java.util.UUID;

/**
 * A dead letter after an action.
 *
 * @param deadLetterId the dead letter
 * @param status its status now
 */
record StatusResponse(UUID deadLetterId, String status) {}
