package io.wager.api.repair;

import java.util.UUID;

/**
 * A requeue that is on its way.
 *
 * @param deadLetterId the dead letter
 * @param status its status now: {@code requeued}, or what its message has become already
 * @param requeueNumber which requeue of it this is, from 1
 */
record RequeueResponse(UUID deadLetterId, String status, int requeueNumber) {}
