package io.wager.api.wager;

import io.wager.api.http.IncomingBody;
import io.wager.api.problem.ProblemError;
import io.wager.api.problem.ProblemException;
import io.wager.api.problem.ProblemType;
import io.wager.api.publish.GuardedPublisher;
import io.wager.api.request.RequestTrace;
import io.wager.core.messaging.PublishFailedException;
import io.wager.core.wager.Wager;
import io.wager.core.wager.WagerId;
import io.wager.core.wager.WagerVerdict;
import io.wager.service.database.UnquotedFailure;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/**
 * Publishes what is valid and gives a receipt for each wager. All wagers of a request are on their way together; the
 * calling thread waits for them under one deadline.
 */
@Component
final class WagerIntake {

    private static final Logger LOG = LoggerFactory.getLogger(WagerIntake.class);

    private final WagerPublisher publisher;
    private final GuardedPublisher guard;
    private final RequestBounds bounds;

    WagerIntake(WagerPublisher publisher, GuardedPublisher guard, RequestBounds bounds) {
        this.publisher = publisher;
        this.guard = guard;
        this.bounds = bounds;
    }

    /**
     * One receipt per verdict, in the same order. The body that they came in keeps its memory until every publish has ended, also
     * those that are not waited for.
     */
    List<Receipt> take(List<WagerVerdict> verdicts, RequestTrace trace, IncomingBody body) {
        var deadline = System.nanoTime() + bounds.longestWait().toNanos();
        List<Pending> pending = new ArrayList<>(verdicts.size());
        List<Receipt> receipts;
        try {
            for (var verdict : verdicts) {
                pending.add(start(verdict, trace, deadline));
            }
            receipts = pending.stream().map(one -> finish(one, deadline)).toList();
        } finally {
            pending.forEach(one -> one.holdUntilEnd(body));
        }
        // One record for a request: a timer for each message would cost more than its publishing.
        if (pending.stream().allMatch(Pending::isAnswered)) {
            bounds.inTime();
        } else {
            bounds.timedOut();
        }
        return receipts;
    }

    private Pending start(WagerVerdict verdict, RequestTrace trace, long deadline) {
        return switch (verdict) {
            case WagerVerdict.Valid(var wager) ->
                new Pending.OnItsWay(wager.wagerId(), publish(wager, trace, deadline));
            case WagerVerdict.Invalid(var wagerId, var ignoredAccount, var faults) ->
                new Pending.Done(new Receipt.Rejected(
                        wagerId,
                        new ProblemException(
                                ProblemType.VALIDATION,
                                "See errors for every rule that the wager breaks.",
                                faults.stream().map(ProblemError::of).toList())));
            case WagerVerdict.Malformed(var detail) ->
                new Pending.Done(new Receipt.Rejected(null, new ProblemException(ProblemType.MALFORMED_JSON, detail)));
        };
    }

    private CompletableFuture<Void> publish(Wager wager, RequestTrace trace, long deadline) {
        // Publishing may wait for room. A large batch must not wait as often as it has wagers.
        if (System.nanoTime() - deadline > 0) {
            return CompletableFuture.failedFuture(new PublishFailedException(
                    PublishFailedException.Reason.SATURATED, "the request's time was up before it was published"));
        }
        try {
            return publisher.publish(wager, trace);
        } catch (RuntimeException e) {
            return CompletableFuture.failedFuture(e);
        }
    }

    private Receipt finish(Pending pending, long deadline) {
        return switch (pending) {
            case Pending.Done(var receipt) -> receipt;
            case Pending.OnItsWay(var wagerId, var durable) -> await(wagerId, durable, deadline);
        };
    }

    private Receipt await(WagerId wagerId, CompletableFuture<Void> durable, long deadline) {
        try {
            durable.get(Math.max(0, deadline - System.nanoTime()), TimeUnit.NANOSECONDS);
            return new Receipt.Accepted(wagerId);
        } catch (ExecutionException e) {
            return failed(wagerId, typeOf(wagerId, e.getCause()));
        } catch (TimeoutException e) {
            return failed(wagerId, ProblemType.BROKER_UNCONFIRMED);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return failed(wagerId, ProblemType.BROKER_UNCONFIRMED);
        }
    }

    private static ProblemType typeOf(WagerId wagerId, @Nullable Throwable cause) {
        if (cause instanceof PublishFailedException known) {
            LOG.debug("wager not durable wagerId={} reason={}", wagerId, known.reason(), known);
            return ProblemType.of(known.reason());
        }
        LOG.error("publishing failed wagerId={}", wagerId, cause == null ? null : UnquotedFailure.of(cause));
        return ProblemType.INTERNAL_ERROR;
    }

    private Receipt failed(WagerId wagerId, ProblemType type) {
        return new Receipt.Failed(
                wagerId,
                new ProblemException(
                        type,
                        "The wager is not known to be durable. Send the same wager again: repeats are safe.",
                        guard.retryAfterSeconds()));
    }

    /** A wager between being looked at and having its receipt. */
    private sealed interface Pending {

        /** Whether nothing is waited for any more. */
        boolean isAnswered();

        /** Has the body keep its memory for what is still on its way, which is nothing unless a confirm did not come. */
        void holdUntilEnd(IncomingBody body);

        record Done(Receipt receipt) implements Pending {

            @Override
            public boolean isAnswered() {
                return true;
            }

            @Override
            public void holdUntilEnd(IncomingBody body) {}
        }

        record OnItsWay(WagerId wagerId, CompletableFuture<Void> durable) implements Pending {

            @Override
            public boolean isAnswered() {
                return durable.isDone();
            }

            @Override
            public void holdUntilEnd(IncomingBody body) {
                if (!durable.isDone()) {
                    body.holdUntilEndOf(durable);
                }
            }
        }
    }
}
