package io.wager.api.repair;

import java.util.UUID;

/**
 * An edit that is kept.
 *
 * @param deadLetterId the dead letter
 * @param edit the edit's number, from 1
 */
record EditResponse(UUID deadLetterId, int edit) {}
