package io.wager.api.repair;

import io.wager.api.audit.Actor;
import io.wager.core.deadletter.DeadLetterEventKind;
import io.wager.core.messaging.MessagePublisher;
import io.wager.core.messaging.PublishFailedException;
import io.wager.core.messaging.PublishFailedException.Reason;
import io.wager.core.messaging.Topology;
import io.wager.service.database.UnquotedFailure;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/**
 * The steps of a requeue, for one letter or many: prepare, claim, publish, then mark or release. The caller runs claim, mark and release in
 * transactions of its own, and publishes in none. A crash after any step loses nothing. Until the mark the letter is open, under a claim
 * that expires. Its message, if published, settles it when it arrives.
 */
@Component
public final class Requeuer {

    private static final Logger LOG = LoggerFactory.getLogger(Requeuer.class);

    private final Eligibility eligibility;
    private final LetterRepository letters;
    private final MessagePublisher publisher;
    private final RepairMetrics metrics;
    private final RequeueTimes times;

    Requeuer(
            Eligibility eligibility,
            LetterRepository letters,
            MessagePublisher publisher,
            RepairMetrics metrics,
            RequeueTimes times) {
        this.eligibility = eligibility;
        this.letters = letters;
        this.publisher = publisher;
        this.metrics = metrics;
        this.times = times;
    }

    /**
     * Reads letters and finds those that can be requeued. Holds their bodies.
     *
     * @param ids few enough for their bodies to be held
     * @param jobId the job that asks; null for a person
     * @return the letters that can be claimed, and the others with the reason
     */
    public Prepared prepare(Collection<UUID> ids, @Nullable UUID jobId) {
        Map<UUID, Letter> seen = new HashMap<>();
        List<Requeueing> possible = new ArrayList<>();
        List<Judgement> refused = new ArrayList<>();
        for (var judgement : eligibility.judge(ids, jobId, letter -> seen.put(letter.id(), letter))) {
            var letter = seen.get(judgement.deadLetterId());
            var wagerId = judgement.wagerId();
            if (judgement.refusal() == null && letter != null && wagerId != null) {
                possible.add(new Requeueing(letter, wagerId));
            } else {
                refused.add(judgement);
            }
        }
        return new Prepared(possible, refused);
    }

    /**
     * Gives each letter its next requeue number and claims it, if it is unchanged since it was read.
     *
     * @param requeueings the requeues to claim
     * @param jobId the job that asks; null for a person
     * @return those that were claimed
     */
    public List<Requeueing> claim(List<Requeueing> requeueings, @Nullable UUID jobId) {
        var now = times.now();
        return letters.claim(requeueings, jobId, now, now.plus(times.claimTime()));
    }

    /**
     * Publishes the claimed messages together and waits until each is durable or has failed.
     *
     * <p>The first destination of the message does not matter: every claimed message is a wager, and wagers have one destination.
     *
     * @param requeueings the claimed requeues
     * @param giveUp when it completes, messages not durable by then count as unconfirmed
     * @return the result of each
     */
    public List<Sent> publish(List<Requeueing> requeueings, CompletableFuture<Void> giveUp) {
        var deadline = System.nanoTime() + times.publishWait().toNanos();
        List<CompletableFuture<Void>> onTheirWay = new ArrayList<>(requeueings.size());
        for (var requeueing : requeueings) {
            onTheirWay.add(publish(requeueing, deadline));
        }
        await(onTheirWay, giveUp, deadline);
        List<Sent> sent = new ArrayList<>(requeueings.size());
        for (var i = 0; i < requeueings.size(); i++) {
            sent.add(new Sent(requeueings.get(i), failure(requeueings.get(i), onTheirWay.get(i))));
        }
        return sent;
    }

    /**
     * Marks letters as requeued. A letter that the consumer settled in the meantime stays as it is.
     *
     * @param requeueings the durable requeues
     * @param actor who asked for it
     * @param jobId the job; null for a person
     */
    public void mark(List<Requeueing> requeueings, Actor actor, @Nullable UUID jobId) {
        letters.mark(requeueings, times.now());
        addEvents(requeueings.stream().map(one -> new Sent(one, null)).toList(), actor, jobId);
    }

    /**
     * Ends the claims of letters whose message is not known to be durable. They stay open.
     *
     * @param failed the failed requeues
     * @param actor who asked for it
     * @param jobId the job; null for a person
     */
    public void release(List<Sent> failed, Actor actor, @Nullable UUID jobId) {
        letters.release(failed.stream().map(Sent::requeueing).toList(), times.now());
        addEvents(failed, actor, jobId);
    }

    /**
     * Counts the results of requeues, once they are committed.
     *
     * @param sent the published requeues
     */
    public void count(List<Sent> sent) {
        var durable = (int) sent.stream().filter(Sent::isDurable).count();
        metrics.requeued(durable);
        metrics.requeueFailed(sent.size() - durable);
    }

    private void addEvents(List<Sent> sent, Actor actor, @Nullable UUID jobId) {
        var now = times.now();
        letters.addEvents(sent.stream()
                .map(one -> new LetterRepository.Event(
                        one.requeueing().deadLetterId(),
                        one.isDurable() ? DeadLetterEventKind.REQUEUED : DeadLetterEventKind.REQUEUE_FAILED,
                        now,
                        actor.name(),
                        one.requeueing().number(),
                        one.isDurable() ? null : one.failureCode(),
                        jobId))
                .toList());
    }

    private CompletableFuture<Void> publish(Requeueing requeueing, long deadline) {
        // Publishing may wait for room. A batch must not wait as often as it has letters.
        if (System.nanoTime() - deadline > 0) {
            return CompletableFuture.failedFuture(
                    new PublishFailedException(Reason.SATURATED, "the time was up before it was published"));
        }
        try {
            return publisher.publish(Topology.WAGERS, requeueing.message());
        } catch (RuntimeException e) {
            return CompletableFuture.failedFuture(e);
        }
    }

    private static void await(List<CompletableFuture<Void>> onTheirWay, CompletableFuture<Void> giveUp, long deadline) {
        var all = CompletableFuture.allOf(onTheirWay.toArray(CompletableFuture[]::new));
        try {
            CompletableFuture.anyOf(all, giveUp).get(Math.max(0, deadline - System.nanoTime()), TimeUnit.NANOSECONDS);
        } catch (ExecutionException | TimeoutException e) {
            LOG.debug("not all requeued messages are durable", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static @Nullable Throwable failure(Requeueing requeueing, CompletableFuture<Void> durable) {
        if (!durable.isDone()) {
            return new PublishFailedException(Reason.UNCONFIRMED, "no confirm in time");
        }
        if (!durable.isCompletedExceptionally()) {
            return null;
        }
        var failure = durable.exceptionNow();
        if (!(failure instanceof PublishFailedException)) {
            LOG.error("publishing failed deadLetterId={}", requeueing.deadLetterId(), UnquotedFailure.of(failure));
        }
        return failure;
    }

    /**
     * The letters that can be claimed, and those that can't.
     *
     * @param possible those that can
     * @param refused those that can't
     */
    public record Prepared(List<Requeueing> possible, List<Judgement> refused) {}
}
