package io.wager.api.requeuejob;

import static io.wager.testkit.WagerBuilder.aWager;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.wager.api.schema.Columns;
import io.wager.api.support.ArchivedDeadLetters.Letter;
import io.wager.api.support.FakePublisher;
import io.wager.core.deadletter.DeadLetterStatus;
import io.wager.core.deadletter.Requeue;
import io.wager.core.messaging.MessagePublisher.State;
import io.wager.core.messaging.PublishFailedException.Reason;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class JobRunnerTest {

    private static final int CHUNK = 30;
    private static final int MAX_IN_FLIGHT = 40;

    private final Runners runners = new Runners(CHUNK, MAX_IN_FLIGHT);
    private final JobRunner runner = runners.instance();

    @AfterEach
    void close() {
        runners.close();
    }

    @Test
    void everyLetterOfAGroupIsSentOnceAndItsEndIsTold() {
        var ids = archive(105);
        var failing = ids.subList(0, 5);
        var job = runners.job(group(ids));

        runners.runToTheEnd(
                runner,
                message -> !failing.contains(Requeue.of(message).orElseThrow().deadLetterId()));

        assertThat(sentIds()).containsExactlyElementsOf(ids);
        assertThat(runners.job(job).status()).isEqualTo(JobStatus.COMPLETED);
        assertThat(runners.job(job).finishedAt()).isNotNull();
        assertThat(runners.items(job, Outcome.RESOLVED)).isEqualTo(100);
        assertThat(runners.items(job, Outcome.FAILED)).isEqualTo(5);
        assertThat(runners.held()).isZero();
        assertThat(runners.letters.events(ids.getFirst())).containsExactly("requeued");
    }

    @Test
    void noMoreThanTheBoundIsUnderWayAtOnce() {
        var job = runners.job(group(archive(100)));

        Runners.run(runner);

        assertThat(runners.publisher.published()).hasSize(MAX_IN_FLIGHT);
        assertThat(runners.items(job, Outcome.REQUEUED)).isEqualTo(MAX_IN_FLIGHT);
        assertThat(runners.items(job, Outcome.PENDING)).isEqualTo(60);
    }

    @Test
    void lettersThatComeAfterTheJobWasMadeAreNotItsMatter() {
        var job = runners.job(group(archive(3)));
        archive(2);

        runners.runToTheEnd(runner, message -> true);

        assertThat(runners.items(job)).hasSize(3);
    }

    @Test
    void letterThatCantGoIsSkippedWithItsReasonAndTheOthersGo() {
        var good = archive(2);
        var other = runners.job(new Selection.Ids(List.of(good.get(1))));
        runners.publisher.become(State.BLOCKED);
        Runners.run(runner);
        var discarded = archive(Letter.refused(aWager().build()).in(DeadLetterStatus.DISCARDED));
        var broken = archive(Letter.undecodable("{"));
        var job =
                runners.job(new Selection.Ids(List.of(good.get(0), good.get(1), discarded, broken, UUID.randomUUID())));

        Runners.run(runner);
        runners.publisher.become(State.READY);
        runners.runToTheEnd(runner, message -> true);

        assertThat(reasons(job))
                .isEqualTo(Map.of(good.get(1), "in-another-job", discarded, "not-open", broken, "undecodable"));
        assertThat(runners.items(job, Outcome.RESOLVED)).isEqualTo(1);
        assertThat(runners.items(other, Outcome.RESOLVED)).isEqualTo(1);
        assertThat(runners.held()).isZero();
    }

    @Test
    void canaryGoesFirstAndTheOthersOnlyWhenAllOfItIsResolved() {
        var ids = archive(50);
        var job = runners.job(group(ids), null, 3, null);

        Runners.run(runner);
        assertThat(runners.publisher.published()).hasSize(3);
        runners.letters.resolve(ids.get(0));
        runners.letters.resolve(ids.get(1));
        Runners.run(runner);
        assertThat(runners.publisher.published()).hasSize(3);
        runners.letters.resolve(ids.get(2));
        Runners.run(runner);
        assertThat(runners.publisher.published()).hasSize(3 + MAX_IN_FLIGHT);
        runners.runToTheEnd(runner, message -> true);

        assertThat(runners.job(job).status()).isEqualTo(JobStatus.COMPLETED);
        assertThat(runners.items(job, Outcome.RESOLVED)).isEqualTo(50);
    }

    @Test
    void canaryThatFailsAgainStopsTheJobAndFreesTheRest() {
        var ids = archive(50);
        var job = runners.job(group(ids), null, 3, null);
        Runners.run(runner);

        runners.letters.failAgain(ids.get(1), 1);
        Runners.run(runner);

        assertThat(runners.publisher.published()).hasSize(3);
        assertThat(runners.job(job).status()).isEqualTo(JobStatus.STOPPED);
        assertThat(runners.job(job).stopReason()).isEqualTo("canary: 1 of the first 3 failed again");
        assertThat(runners.items(job, Outcome.SKIPPED)).isEqualTo(47);
        assertThat(runners.job(job).finishedAt()).isNull();
        assertThat(runners.held()).isEqualTo(2);

        runners.letters.resolve(ids.get(0));
        runners.letters.resolve(ids.get(2));
        Runners.run(runner);
        assertThat(runners.job(job).finishedAt()).isNotNull();
        assertThat(runners.held()).isZero();
    }

    @Test
    void shareOfFailuresStopsTheJobOnceTwentyAreSettled() {
        var ids = archive(100);
        var job = runners.job(group(ids), null, null, new BigDecimal("0.5"));
        Runners.run(runner);

        for (var i = 0; i < 19; i++) {
            runners.letters.failAgain(ids.get(i), 1);
        }
        Runners.run(runner);
        assertThat(runners.job(job).status()).isEqualTo(JobStatus.RUNNING);
        runners.letters.resolve(ids.get(19));
        Runners.run(runner);

        assertThat(runners.job(job).status()).isEqualTo(JobStatus.STOPPED);
        assertThat(runners.job(job).stopReason())
                .isEqualTo("failed share: 19 of 20 settled failed again, more than 0.5");
        runners.runToTheEnd(runner, message -> true);
        assertThat(runners.job(job).finishedAt()).isNotNull();
        assertThat(runners.held()).isZero();
    }

    @Test
    void shareOfASmallJobIsJudgedAtItsEnd() {
        var stopped = runners.job(group(archive(4)), null, null, new BigDecimal("0.2"));

        runners.runToTheEnd(runner, message -> false);

        assertThat(runners.job(stopped).status()).isEqualTo(JobStatus.STOPPED);
        assertThat(runners.job(stopped).finishedAt()).isNotNull();
    }

    @Test
    void shareThatIsKeptToLetsTheJobComplete() {
        var ids = archive(40);
        var job = runners.job(group(ids), null, null, new BigDecimal("0.5"));

        runners.runToTheEnd(
                runner, message -> ids.indexOf(Requeue.of(message).orElseThrow().deadLetterId()) % 2 == 0);

        assertThat(runners.job(job).status()).isEqualTo(JobStatus.COMPLETED);
    }

    @Test
    void messageThatIsRefusedThreeTimesIsSkippedAndBlocksNobody() {
        var ids = archive(10);
        var bad = ids.get(0);
        runners.publisher.answer(
                message -> Requeue.of(message).orElseThrow().deadLetterId().equals(bad)
                        ? FakePublisher.failed(Reason.REFUSED)
                        : FakePublisher.durable());
        var job = runners.job(group(ids));

        Runners.run(runner);
        assertThat(runners.items(job, Outcome.REQUEUED)).isEqualTo(9);
        for (var i = 0; i < 5; i++) {
            runners.pass(Duration.ofSeconds(3));
            Runners.run(runner);
        }

        assertThat(sentIds().stream().filter(bad::equals)).hasSize(3);
        assertThat(reasons(job)).isEqualTo(Map.of(bad, "unsendable: broker-refused"));
        assertThat(runners.letters.events(bad)).containsExactly("requeue-failed", "requeue-failed", "requeue-failed");
        assertThat(runners.letters.row(bad)).containsEntry("status", "open").containsEntry("in_job", 0);
    }

    @Test
    void publisherThatThrowsForOneMessageBlocksNobody() {
        var ids = archive(3);
        runners.publisher.answer(message -> {
            if (Requeue.of(message).orElseThrow().deadLetterId().equals(ids.get(0))) {
                throw new IllegalStateException("this message can't be encoded");
            }
            return FakePublisher.durable();
        });
        var job = runners.job(group(ids));

        for (var i = 0; i < 5; i++) {
            Runners.run(runner);
            runners.pass(Duration.ofSeconds(3));
        }

        assertThat(reasons(job)).isEqualTo(Map.of(ids.get(0), "unsendable: fault"));
        assertThat(runners.items(job, Outcome.REQUEUED)).isEqualTo(2);
    }

    @Test
    void rowThatCantBeReadBlocksNobody() {
        var ids = archive(3);
        runners.letters.update(
                "UPDATE dead_letter_content SET headers = 'not JSON' WHERE dead_letter_id = ?",
                Columns.bytes(ids.get(1)));
        var job = runners.job(group(ids));

        runners.runToTheEnd(runner, message -> true);

        assertThat(runners.items(job, Outcome.RESOLVED)).isEqualTo(2);
        assertThat(reasons(job)).containsOnlyKeys(ids.get(1));
    }

    @ParameterizedTest
    @EnumSource(
            value = Reason.class,
            names = {"UNREACHABLE", "BLOCKED", "SATURATED", "UNCONFIRMED"})
    void transportThatIsAwayUsesUpNobodysTries(Reason reason) {
        var ids = archive(3);
        runners.publisher.answer(message -> FakePublisher.failed(reason));
        var job = runners.job(group(ids));
        for (var i = 0; i < 6; i++) {
            Runners.run(runner);
            runners.pass(Duration.ofSeconds(40));
        }
        assertThat(runners.items(job)).allSatisfy(item -> {
            assertThat(item.outcome()).isEqualTo(Outcome.PENDING);
            assertThat(item.sends()).isZero();
        });

        runners.publisher.answer(message -> FakePublisher.durable());
        runners.runToTheEnd(runner, message -> true);

        assertThat(runners.items(job, Outcome.RESOLVED)).isEqualTo(3);
    }

    @ParameterizedTest
    @EnumSource(
            value = State.class,
            names = {"DISCONNECTED", "BLOCKED"})
    void nothingIsTriedWhileThePublisherIsNotReady(State state) {
        var ids = archive(3);
        runners.publisher.become(state);
        var job = runners.job(group(ids));

        Runners.run(runner);

        assertThat(runners.publisher.published()).isEmpty();
        assertThat(runners.items(job, Outcome.PENDING)).isEqualTo(3);
        assertThat(runners.letters.row(ids.get(0))).containsEntry("requeues", 0);
    }

    @Test
    void letterThatWasResolvedAndIsOpenAgainByAClientIsResolvedForTheJob() {
        var ids = archive(1);
        var job = runners.job(group(ids));
        Runners.run(runner);

        runners.letters.update(
                "INSERT INTO dead_letter_event (dead_letter_id, kind, happened_at, requeue_number)"
                        + " VALUES (?, 'resolved', CURRENT_TIMESTAMP, 1)",
                Columns.bytes(ids.getFirst()));
        runners.letters.update("UPDATE dead_letter SET status = 'open'");
        Runners.run(runner);

        assertThat(runners.items(job, Outcome.RESOLVED)).isEqualTo(1);
        assertThat(runners.job(job).status()).isEqualTo(JobStatus.COMPLETED);
    }

    @Test
    void letterThatAPersonTookBackHasFailedForTheJob() {
        var ids = archive(2);
        var job = runners.job(group(ids));
        Runners.run(runner);

        runners.letters.resolve(ids.getFirst());
        runners.letters.update("UPDATE dead_letter SET status = 'open' WHERE status = 'requeued'");
        Runners.run(runner);

        assertThat(runners.items(job, Outcome.FAILED)).isEqualTo(1);
        assertThat(runners.held()).isZero();
        assertThat(runners.job(job).status()).isEqualTo(JobStatus.COMPLETED);
    }

    @Test
    void messageThatWasNotConfirmedButArrivedIsResolvedAndNotSentAgain() {
        var ids = archive(1);
        runners.publisher.answer(message -> FakePublisher.failed(Reason.UNCONFIRMED));
        var job = runners.job(group(ids));
        Runners.run(runner);

        runners.letters.resolve(ids.getFirst());
        runners.pass(Duration.ofSeconds(40));
        Runners.run(runner);

        assertThat(runners.publisher.published()).hasSize(1);
        assertThat(runners.items(job, Outcome.RESOLVED)).isEqualTo(1);
        assertThat(runners.job(job).status()).isEqualTo(JobStatus.COMPLETED);
    }

    @Test
    void pausedJobSendsNothingAndIsFollowedAndGoesOn() {
        var ids = archive(100);
        var job = runners.job(group(ids));
        Runners.run(runner);

        runners.actions.pause(job, Runners.action());
        runners.consume(message -> true);
        Runners.run(runner);
        assertThat(runners.publisher.published()).hasSize(MAX_IN_FLIGHT);
        assertThat(runners.items(job, Outcome.RESOLVED)).isEqualTo(MAX_IN_FLIGHT);

        runners.actions.resume(job, Runners.action());
        runners.runToTheEnd(runner, message -> true);
        assertThat(runners.items(job, Outcome.RESOLVED)).isEqualTo(100);
    }

    @Test
    void cancelledJobFreesWhatIsPendingAndFollowsWhatIsUnderWay() {
        var ids = archive(100);
        var job = runners.job(group(ids));
        Runners.run(runner);

        runners.actions.cancel(job, Runners.action());
        Runners.run(runner);
        assertThat(runners.items(job, Outcome.SKIPPED)).isEqualTo(60);
        assertThat(runners.held()).isEqualTo(MAX_IN_FLIGHT);
        assertThat(runners.job(job).finishedAt()).isNull();
        var next = runners.job(new Selection.Ids(List.of(ids.get(99))));

        runners.runToTheEnd(runner, message -> true);
        assertThat(runners.job(job).status()).isEqualTo(JobStatus.CANCELLED);
        assertThat(runners.job(job).finishedAt()).isNotNull();
        assertThat(runners.items(next, Outcome.RESOLVED)).isEqualTo(1);
        assertThat(runners.held()).isZero();
    }

    @Test
    void rateIsKept() {
        runners.job(group(archive(30)), 10, null, null);

        Runners.run(runner);
        assertThat(runners.publisher.published()).hasSize(1);
        for (var i = 0; i < 20; i++) {
            runners.pass(Duration.ofMillis(50));
            Runners.run(runner);
        }

        assertThat(runners.publisher.published()).hasSizeBetween(10, 11);
    }

    @Test
    void crashBetweenPublishAndMarkIsFoundByTheLettersWhenTheirMessagesAreSettled() {
        var ids = archive(10);
        var job = runners.job(group(ids));
        crashAtMessage(6);

        runners.letters.resolve(ids.get(0));
        runners.letters.failAgain(ids.get(1), 1);
        var next = runners.instance();
        Runners.run(next);
        assertThat(runners.items(job, Outcome.PENDING))
                .as("the lease is still the dead one's")
                .isEqualTo(10);

        runners.pass(Runners.LEASE);
        Runners.run(next);
        assertThat(runners.items(job, Outcome.RESOLVED)).isEqualTo(1);
        assertThat(runners.items(job, Outcome.FAILED)).isEqualTo(1);
        assertThat(runners.publisher.published())
                .as("the others' claims are live")
                .hasSize(6);

        runners.consume(
                message -> !Requeue.of(message).orElseThrow().deadLetterId().equals(ids.get(1)));
        Runners.run(next);
        assertThat(runners.items(job, Outcome.RESOLVED)).isEqualTo(5);
        assertThat(runners.publisher.published()).hasSize(6);
    }

    @Test
    void crashBeforePublishingIsMadeGoodWhenTheClaimHasRunOut() {
        var ids = archive(10);
        var job = runners.job(group(ids));
        crashAtMessage(1);
        var next = runners.instance();

        runners.pass(Runners.CLAIM.minusSeconds(1));
        Runners.run(next);
        assertThat(runners.publisher.published()).hasSize(1);
        runners.pass(Duration.ofSeconds(1));
        runners.runToTheEnd(next, message -> true);

        assertThat(runners.items(job, Outcome.RESOLVED)).isEqualTo(10);
        assertThat(runners.items(job))
                .allSatisfy(item -> assertThat(item.requeueNumber()).isEqualTo(2));
        assertThat(runners.job(job).status()).isEqualTo(JobStatus.COMPLETED);
    }

    @Test
    void crashOfAJobThatIsCancelledThenLeavesNothingHeld() {
        var ids = archive(100);
        var job = runners.job(group(ids));
        crashAtMessage(10);
        runners.actions.cancel(job, Runners.action());
        var next = runners.instance();

        runners.pass(Runners.LEASE);
        Runners.run(next);
        runners.consume(message -> true);
        runners.pass(Runners.CLAIM);
        Runners.run(next);

        assertThat(runners.items(job, Outcome.RESOLVED)).isEqualTo(10);
        assertThat(runners.items(job, Outcome.PENDING)).isZero();
        assertThat(runners.job(job).finishedAt()).isNotNull();
        assertThat(runners.held()).isZero();
    }

    @Test
    void instanceThatLeavesHandsOverAtOnce() {
        var ids = archive(100);
        var job = runners.job(group(ids));
        Runners.run(runner);

        runner.leave();
        var next = runners.instance();
        runners.runToTheEnd(next, message -> true);

        assertThat(sentIds()).containsExactlyInAnyOrderElementsOf(ids);
        assertThat(runners.items(job, Outcome.RESOLVED)).isEqualTo(100);
    }

    @Test
    void instanceThatHasLostItsLeaseChangesNothingMore() {
        var ids = archive(100);
        var job = runners.job(group(ids));
        Runners.run(runner);
        runners.pass(Runners.LEASE);
        var next = runners.instance();
        Runners.run(next);

        runners.consume(message -> true);
        Runners.run(runner);
        assertThat(runners.items(job, Outcome.RESOLVED)).isZero();
        assertThat(runners.publisher.published()).hasSize(MAX_IN_FLIGHT);

        runners.runToTheEnd(next, message -> true);
        assertThat(runners.items(job, Outcome.RESOLVED)).isEqualTo(100);
    }

    @Test
    void jobsTakeTurns() {
        var slow = runners.job(group(archive(30)), 1, null, null);
        var other = archive(Letter.undecodable("{}"));
        var quick = runners.job(new Selection.Ids(List.of(other)));

        runners.runToTheEnd(runner, message -> true);

        assertThat(runners.job(slow).status()).isEqualTo(JobStatus.RUNNING);
        assertThat(runners.job(quick).status()).isEqualTo(JobStatus.COMPLETED);
    }

    /** The process dies while it publishes the n-th message, which may be on its way already. */
    private void crashAtMessage(int n) {
        runners.publisher.answer(message -> {
            if (runners.publisher.published().size() == n) {
                throw new Crash();
            }
            return FakePublisher.durable();
        });
        assertThatThrownBy(() -> Runners.run(runner)).isInstanceOf(Crash.class);
        runners.publisher.answer(message -> FakePublisher.durable());
    }

    private Map<UUID, String> reasons(UUID job) {
        return runners.items(job).stream()
                .filter(item -> item.outcome() == Outcome.SKIPPED)
                .collect(Collectors.toMap(JobRepository.Item::deadLetterId, item -> String.valueOf(item.detail())));
    }

    private List<UUID> sentIds() {
        return runners.publisher.published().stream()
                .map(published -> Requeue.of(published.message()).orElseThrow().deadLetterId())
                .toList();
    }

    private Selection group(List<UUID> ids) {
        return new Selection.Group(runners.jdbc
                .sql("SELECT fingerprint FROM dead_letter WHERE dead_letter_id = ?")
                .param(Columns.bytes(ids.getFirst()))
                .query(String.class)
                .single());
    }

    private List<UUID> archive(int letters) {
        List<UUID> ids = new ArrayList<>();
        IntStream.range(0, letters).forEach(i -> ids.add(archive(Letter.refused(aWager().build()))));
        return ids;
    }

    private UUID archive(Letter letter) {
        runners.archived.archive(letter);
        return letter.id();
    }

    /** No exception: nothing that is meant to go on may catch it. */
    private static final class Crash extends Error {}
}
