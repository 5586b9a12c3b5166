package io.wager.api.requeuejob;

import io.wager.api.audit.Actor;
import io.wager.api.repair.Judgement;
import io.wager.api.repair.Refusal;
import io.wager.api.repair.Requeueing;
import io.wager.api.repair.Requeuer.Prepared;
import io.wager.api.repair.Sent;
import io.wager.api.requeuejob.RunRepository.Lease;
import io.wager.api.requeuejob.SelectionRepository.Selected;
import io.wager.core.deadletter.DeadLetterStatus;
import io.wager.core.messaging.MessagePublisher.State;
import io.wager.service.database.UnquotedFailure;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.function.LongSupplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;

/**
 * One job while this instance has its lease. What it keeps in memory, the counts and which items are begun, it has read from
 * the rows when it took the lease, and nobody else changes them until it has lost it. For one thread.
 */
final class JobRun {

    private static final Logger LOG = LoggerFactory.getLogger(JobRun.class);

    /** Bodies held at once: of 1 MB each at worst. */
    private static final int BATCH = 100;

    /** How long to leave a message alone that the transport refused. */
    private static final Duration RETRY_WAIT = Duration.ofSeconds(2);

    private static final Duration LEAST_BACKOFF = Duration.ofSeconds(1);
    private static final Duration MOST_BACKOFF = Duration.ofSeconds(30);

    private final JobParts parts;
    private final Lease lease;
    private final LongSupplier nanos;
    private final Progress progress;
    private final Set<Long> begun;
    private final Pace pace;
    private Instant heldUntil;
    private Duration backoff = LEAST_BACKOFF;
    private long quietUntil;

    JobRun(JobParts parts, Job job, UUID owner, LongSupplier nanos, Instant heldUntil) {
        this.parts = parts;
        this.lease = new Lease(job.id(), owner);
        this.nanos = nanos;
        this.progress = new Progress(parts.runs().counts(lease));
        this.begun = new HashSet<>(parts.runs().begun(lease));
        this.pace = new Pace(job.ratePerSecond(), nanos);
        this.heldUntil = heldUntil;
        this.quietUntil = nanos.getAsLong();
    }

    /**
     * Does a bounded piece of the job.
     *
     * @param job its row as it is now
     * @param giveUp completes when the process stops
     * @return true if anything changed, so that more may be done at once
     * @throws LeaseLost if another instance has the job
     */
    boolean step(Job job, CompletableFuture<Void> giveUp) {
        renew();
        var isChanged = follow();
        switch (job.status()) {
            case RUNNING -> {
                var stop = StopRules.reason(job, progress, begun.size());
                if (stop != null) {
                    LOG.info("requeue job is stopped jobId={} reason={}", job.id(), stop);
                    parts.runs().stop(lease, stop, now());
                    return true;
                }
                if (job.isSelected() && progress.isSettled()) {
                    parts.runs().complete(lease, now());
                    return true;
                }
                isChanged |= !job.isSelected() && select(job);
                isChanged |= send(job, giveUp);
            }
            case STOPPED, CANCELLED -> isChanged |= wind(job);
            case PAUSED, COMPLETED -> {
                // Only followed.
            }
        }
        return isChanged;
    }

    /** Whether something of the job is on its way, and may be settled any moment. */
    boolean isUnderWay() {
        return progress.of(Outcome.REQUEUED) > 0;
    }

    private void renew() {
        var now = now();
        if (now.plus(parts.properties().lease().multipliedBy(2).dividedBy(3)).isAfter(heldUntil)) {
            var until = now.plus(parts.properties().lease());
            if (!parts.runs().take(lease, now, until)) {
                throw new LeaseLost();
            }
            heldUntil = until;
        }
    }

    /** Reads what became of the letters that are under way. */
    private boolean follow() {
        if (progress.of(Outcome.REQUEUED) == 0 && begun.isEmpty()) {
            return false;
        }
        var now = now();
        Map<Outcome, List<UnderWay>> news = new HashMap<>();
        List<Long> lost = new ArrayList<>();
        for (var item : parts.runs().underWay(lease, begun)) {
            var next = item.next();
            if (next != null) {
                news.computeIfAbsent(next, outcome -> new ArrayList<>()).add(item);
            } else if (item.isLost(now)) {
                lost.add(item.sequence());
            }
        }
        if (news.isEmpty() && lost.isEmpty()) {
            return false;
        }
        change(() -> {
            parts.runs().settle(lease, sequences(news.get(Outcome.RESOLVED)), Outcome.RESOLVED, null, now);
            parts.runs().settle(lease, sequences(news.get(Outcome.FAILED)), Outcome.FAILED, null, now);
            parts.runs().sent(lease, sequences(news.get(Outcome.REQUEUED)), now);
            parts.runs().unbegin(lease, lost, now);
        });
        news.forEach((outcome, items) -> items.forEach(item -> progress.move(item.outcome(), outcome)));
        news.values().forEach(items -> begun.removeAll(sequences(items)));
        begun.removeAll(lost);
        return true;
    }

    /** Selects one piece more. */
    private boolean select(Job job) {
        var piece = parts.selections()
                .piece(
                        Selection.read(job.selection()),
                        job.selectedThrough(),
                        job.selectUpTo(),
                        parts.properties().chunk());
        var isSelected = piece.through() >= job.selectUpTo();
        var items = parts.transactions().call(() -> {
            if (!hold(true)) {
                return null;
            }
            var added = parts.runs().select(lease, piece.letters(), now());
            if (!parts.runs().advance(lease, job.selectedThrough(), piece.through(), isSelected)) {
                throw new LeaseLost();
            }
            return added;
        });
        if (items == null) {
            return false;
        }
        items.forEach(item -> progress.add(item.outcome()));
        return true;
    }

    private boolean send(Job job, CompletableFuture<Void> giveUp) {
        if (nanos.getAsLong() - quietUntil < 0 || parts.publisher().state() != State.READY) {
            return false;
        }
        var room = parts.properties().maxInFlight() - progress.of(Outcome.REQUEUED) - begun.size();
        var wanted = Math.min(Math.min(BATCH, room), StopRules.allowed(job, progress, begun.size()));
        var batch = wanted <= 0 ? 0 : pace.allowed(wanted);
        if (batch <= 0) {
            return false;
        }
        var letters = parts.runs().sendable(lease, now().minus(RETRY_WAIT), batch);
        if (letters.isEmpty()) {
            return false;
        }
        var prepared = prepare(letters);
        var isChanged = skip(letters, prepared.refused());
        var claimed = claim(prepared.possible());
        if (!claimed.isEmpty()) {
            pace.spent(claimed.size());
            finish(job, parts.requeuer().publish(claimed, giveUp));
        }
        return isChanged || !claimed.isEmpty();
    }

    /** A row that can't even be read must not keep the others from going. */
    private Prepared prepare(List<Selected> letters) {
        try {
            return parts.requeuer().prepare(ids(letters), lease.jobId());
        } catch (DataAccessException e) {
            throw e;
        } catch (RuntimeException e) {
            LOG.error("a letter can't be read jobId={}", lease.jobId(), UnquotedFailure.of(e));
            return prepareOneByOne(letters);
        }
    }

    private Prepared prepareOneByOne(List<Selected> letters) {
        List<Requeueing> possible = new ArrayList<>();
        List<Judgement> refused = new ArrayList<>();
        for (var letter : letters) {
            try {
                var one = parts.requeuer().prepare(List.of(letter.id()), lease.jobId());
                possible.addAll(one.possible());
                refused.addAll(one.refused());
            } catch (DataAccessException e) {
                throw e;
            } catch (RuntimeException e) {
                LOG.warn(
                        "a letter is skipped, since it can't be read deadLetterId={}",
                        letter.id(),
                        UnquotedFailure.of(e));
                refused.add(new Judgement(letter.id(), Refusal.UNDECODABLE, List.of(), null, null));
            }
        }
        return new Prepared(possible, refused);
    }

    /** Ends the items that can't go. One that was resolved by another way than this job's is resolved all the same. */
    private boolean skip(List<Selected> letters, List<Judgement> refused) {
        Map<UUID, Long> places = letters.stream().collect(Collectors.toMap(Selected::id, Selected::sequence));
        Map<Refusal, List<Long>> skipped = new HashMap<>();
        List<Long> resolved = new ArrayList<>();
        for (var judgement : refused) {
            var refusal = judgement.refusal();
            var sequence = places.get(judgement.deadLetterId());
            if (refusal == null || sequence == null || refusal == Refusal.BEING_REQUEUED) {
                continue;
            }
            if (judgement.status() == DeadLetterStatus.RESOLVED) {
                resolved.add(sequence);
            } else {
                skipped.computeIfAbsent(refusal, reason -> new ArrayList<>()).add(sequence);
            }
        }
        if (skipped.isEmpty() && resolved.isEmpty()) {
            return false;
        }
        var now = now();
        change(() -> {
            parts.runs().settle(lease, resolved, Outcome.RESOLVED, null, now);
            skipped.forEach((refusal, sequences) ->
                    parts.runs().settle(lease, sequences, Outcome.SKIPPED, refusal.wireForm(), now));
        });
        resolved.forEach(sequence -> progress.move(Outcome.PENDING, Outcome.RESOLVED));
        skipped.forEach((refusal, sequences) -> sequences.forEach(sequence -> {
            progress.move(Outcome.PENDING, Outcome.SKIPPED);
            parts.metrics().refused(refusal);
        }));
        return true;
    }

    /** From here until {@link #finish} a crash leaves the items begun: their letters will tell what became of them. */
    private List<Requeueing> claim(List<Requeueing> possible) {
        if (possible.isEmpty()) {
            return List.of();
        }
        var claimed = parts.transactions().call(() -> {
            if (!hold(true)) {
                return List.<Requeueing>of();
            }
            var won = parts.requeuer().claim(possible, lease.jobId());
            parts.runs()
                    .begin(
                            lease,
                            won.stream().collect(Collectors.toMap(Requeueing::sequence, Requeueing::number)),
                            now());
            return won;
        });
        claimed.forEach(one -> begun.add(one.sequence()));
        return claimed;
    }

    private void finish(Job job, List<Sent> sent) {
        var now = now();
        var actor = new Actor(job.createdBy());
        List<Sent> failed = sent.stream().filter(one -> !one.isDurable()).toList();
        List<Requeueing> durable =
                sent.stream().filter(Sent::isDurable).map(Sent::requeueing).toList();
        Map<Long, String> refused = failed.stream()
                .filter(one -> !one.isTransportAway())
                .collect(Collectors.toMap(one -> one.requeueing().sequence(), Sent::failureCode));
        var givenUp = parts.transactions().call(() -> {
            if (!hold(false)) {
                throw new LeaseLost();
            }
            parts.requeuer().mark(durable, actor, lease.jobId());
            parts.requeuer().release(failed, actor, lease.jobId());
            parts.runs().sent(lease, durable.stream().map(Requeueing::sequence).toList(), now);
            var exhausted =
                    parts.runs().notSent(lease, refused, parts.properties().sendAttempts(), now);
            exhausted.stream()
                    .collect(Collectors.groupingBy(refused::get))
                    .forEach((failure, sequences) ->
                            parts.runs().settle(lease, sequences, Outcome.SKIPPED, "unsendable: " + failure, now));
            return exhausted;
        });
        parts.requeuer().count(sent);
        durable.forEach(one -> progress.move(Outcome.PENDING, Outcome.REQUEUED));
        durable.forEach(one -> begun.remove(one.sequence()));
        givenUp.forEach(sequence -> progress.move(Outcome.PENDING, Outcome.SKIPPED));
        // The others of the failed stay begun: their messages may be out, and their letters would say so.
        begun.removeAll(refused.keySet());
        keepQuiet(failed.size() > refused.size());
    }

    /** Leaves a transport alone that is away, longer from time to time. */
    private void keepQuiet(boolean isTransportAway) {
        if (isTransportAway) {
            quietUntil = nanos.getAsLong() + backoff.toNanos();
            var doubled = backoff.multipliedBy(2);
            backoff = doubled.compareTo(MOST_BACKOFF) > 0 ? MOST_BACKOFF : doubled;
        } else {
            backoff = LEAST_BACKOFF;
        }
    }

    /** Lets go of what was not sent, and ends the job when nothing is under way any more. */
    private boolean wind(Job job) {
        if (progress.isSettled()) {
            parts.runs().finish(lease, now());
            return true;
        }
        var now = now();
        var sequences = parts.runs().sendable(lease, now, parts.properties().chunk()).stream()
                .map(Selected::sequence)
                .toList();
        if (sequences.isEmpty()) {
            return false;
        }
        change(() -> parts.runs()
                .settle(lease, sequences, Outcome.SKIPPED, job.status().wireForm(), now));
        sequences.forEach(sequence -> progress.move(Outcome.PENDING, Outcome.SKIPPED));
        return true;
    }

    private void change(Runnable work) {
        parts.transactions().run(() -> {
            if (!hold(false)) {
                throw new LeaseLost();
            }
            work.run();
        });
    }

    private boolean hold(boolean onlyIfRunning) {
        var until = now().plus(parts.properties().lease());
        var isHeld = parts.runs().hold(lease, until, onlyIfRunning);
        if (isHeld) {
            heldUntil = until;
        }
        return isHeld;
    }

    private Instant now() {
        return parts.clock().instant();
    }

    private static List<UUID> ids(List<Selected> letters) {
        return letters.stream().map(Selected::id).toList();
    }

    private static List<Long> sequences(@Nullable List<UnderWay> items) {
        return items == null
                ? List.of()
                : items.stream().map(UnderWay::sequence).toList();
    }
}
