package io.wager.api.repair;

import io.wager.api.deadletter.BodyDiff;
import java.util.UUID;

/**
 * An edit that is kept.
 *
 * @param deadLetterId the dead letter
 * @param edit the edit's number, from 1
 * @param diff how its body differs from the original
 */
record EditResponse(UUID deadLetterId, int edit, BodyDiff diff) {}
