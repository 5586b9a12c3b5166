package io.wager.testkit;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.awaitility.Awaitility.await;

import io.wager.core.messaging.BatchHandler;
import io.wager.core.messaging.BatchSettings;
import io.wager.core.messaging.DeadLetterReason;
import io.wager.core.messaging.Delivery;
import io.wager.core.messaging.Destination;
import io.wager.core.messaging.Disposition;
import io.wager.core.messaging.Failure;
import io.wager.core.messaging.Message;
import io.wager.core.messaging.MessageHeaders;
import io.wager.core.messaging.MessagePublisher;
import io.wager.core.messaging.MessageSource;
import io.wager.core.messaging.PublishFailedException;
import io.wager.core.messaging.Topology;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * What every transport promises behind {@link MessagePublisher} and {@link MessageSource}. An
 * adapter's test extends this class and says how to open, restart and empty its transport.
 *
 * <p>That nothing more comes out of a queue is shown by a sentinel published last, not by waiting.
 */
public abstract class MessageTransportContract {

    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final Duration SOON = Duration.ofMillis(50);
    private static final String SENTINEL = "sentinel";

    private final List<AutoCloseable> opened = new CopyOnWriteArrayList<>();
    private @Nullable TransportEnds running;

    /** For the adapters' tests. */
    protected MessageTransportContract() {}

    /**
     * Opens a transport with the queues and bindings of {@link Topology}, all queues empty, its publisher ready.
     *
     * @return both its ends
     * @throws Exception if the test cannot go on
     */
    protected abstract TransportEnds openEmpty() throws Exception;

    /**
     * Ends the running transport, including whatever process or engine keeps its messages, and starts it again on the same
     * durable state, as abruptly as the adapter can.
     *
     * @param running what {@link #openEmpty()} returned
     * @return the ends to go on with, publisher ready
     * @throws Exception if the test cannot go on
     */
    protected abstract TransportEnds restart(TransportEnds running) throws Exception;

    /**
     * A destination whose exchange exists and from which no queue is reached.
     *
     * @return by default a routing key that nothing is bound with
     */
    protected Destination unroutable() {
        return new Destination(Topology.WAGER_EXCHANGE, "casino.nobody");
    }

    @BeforeEach
    final void open() throws Exception {
        running = openEmpty();
    }

    @AfterEach
    final void closeAll() throws Exception {
        for (var subscription : opened) {
            subscription.close();
        }
        if (running != null) {
            running.stop().run();
        }
    }

    @Test
    void readyPublisherSaysSo() {
        assertThat(ends().publisher().state()).isEqualTo(MessagePublisher.State.READY);
    }

    @Test
    void deliveryHasEveryPropertyHeaderAndByte() throws Exception {
        var body = new byte[256];
        for (var i = 0; i < body.length; i++) {
            body[i] = (byte) i;
        }
        var sent = new Message(
                "7a7f4c1e-0000-ffff-8000-0123456789ab",
                MessageHeaders.WAGER_TYPE,
                MessageHeaders.JSON,
                "request-ü-1",
                Instant.parse("2026-02-03T04:05:06Z"),
                Map.of(
                        "text",
                        "Zürich \u20ac \ud83c\udfb0",
                        "empty",
                        "",
                        "long",
                        Long.MIN_VALUE,
                        "small-long",
                        1L,
                        MessageHeaders.SCHEMA_VERSION,
                        1,
                        "yes",
                        true,
                        "no",
                        false),
                body);

        publish(sent);

        var delivery = collect(Topology.WAGER_QUEUE, 1).getFirst();
        assertSame(delivery.message(), sent);
        assertThat(delivery.origin()).isEqualTo(Topology.WAGERS);
        assertThat(delivery.attempt()).isEqualTo(1);
    }

    @Test
    void messageWithoutPropertiesStaysWithoutThem() throws Exception {
        var sent = new Message(null, null, null, null, null, Map.of(), new byte[0]);

        publish(sent);

        assertSame(collect(Topology.WAGER_QUEUE, 1).getFirst().message(), sent);
    }

    @Test
    void largeBodyArrivesUnchanged() throws Exception {
        var body = new byte[100 * 1024];
        new Random(1).nextBytes(body);
        var sent = new Message("large", null, null, null, null, Map.of(), body);

        publish(sent);

        assertSame(collect(Topology.WAGER_QUEUE, 1).getFirst().message(), sent);
    }

    @Test
    void publishedMessagesSurviveARestart() throws Exception {
        publishAll("m", 200);

        running = restart(ends());

        assertThat(idsOf(collect(Topology.WAGER_QUEUE, 200))).containsExactlyInAnyOrderElementsOf(ids("m", 200));
    }

    @Test
    void undisposedMessagesSurviveARestart() throws Exception {
        publishAll("m", 20);
        var done = Collections.synchronizedSet(new HashSet<String>());
        var first = subscribe(
                Topology.WAGER_QUEUE,
                new BatchSettings(20, PATIENCE, 1),
                batch -> batch.stream()
                        .<Disposition>map(delivery -> {
                            if (numberOf(delivery) % 2 == 0) {
                                done.add(idOf(delivery));
                                return Disposition.DONE;
                            }
                            return new Disposition.Again();
                        })
                        .toList());
        await().atMost(PATIENCE).until(() -> done.size() == 10);
        first.close();

        running = restart(ends());

        publish(message(SENTINEL));
        // Whether the acknowledgements before a crash hold is not promised, so some of those that were done may come
        // again.
        assertThat(idsOf(collectUntilSentinel(Topology.WAGER_QUEUE)))
                .containsAll(
                        ids("m", 20).stream().filter(id -> !done.contains(id)).toList());
    }

    @Test
    void doneLeavesTheQueueEmpty() throws Exception {
        publishAll("m", 25);

        collect(Topology.WAGER_QUEUE, 25);

        publish(message(SENTINEL));
        assertThat(collectUntilSentinel(Topology.WAGER_QUEUE)).isEmpty();
    }

    @Test
    void deadMessageBecomesOneDeadLetterWithItsReasonAndItsNeighboursAreDone() throws Exception {
        publishAll("m", 2);
        var poison = new Message(
                "poison",
                MessageHeaders.WAGER_TYPE,
                MessageHeaders.JSON,
                "request-1",
                Instant.parse("2026-02-03T04:05:06Z"),
                Map.of(MessageHeaders.SCHEMA_VERSION, 1, "kept", 7L),
                new byte[] {(byte) 0xff, 0, (byte) 0xc3});
        publish(poison);
        publish(message("m-2"));
        var dead = new Disposition.Dead(DeadLetterReason.INVALID, new Failure("Invalid", "bad ü", "at a line"));
        var before = Instant.now().minusSeconds(1);
        var handled = new CopyOnWriteArrayList<String>();

        var subscription = subscribe(Topology.WAGER_QUEUE, new BatchSettings(4, PATIENCE, 1), batch -> {
            batch.forEach(delivery -> handled.add(idOf(delivery)));
            return batch.stream()
                    .map(delivery -> idOf(delivery).equals("poison") ? dead : Disposition.DONE)
                    .toList();
        });
        await().atMost(PATIENCE).until(() -> ends().source().depth(Topology.DEAD_LETTER_QUEUE) == 1);
        subscription.close();

        assertThat(handled).containsExactly("m-0", "m-1", "poison", "m-2");
        publish(message(SENTINEL));
        assertThat(collectUntilSentinel(Topology.WAGER_QUEUE)).isEmpty();
        publish(Topology.DEAD_LETTERS, message(SENTINEL));
        var letters = collectUntilSentinel(Topology.DEAD_LETTER_QUEUE);
        assertThat(idsOf(letters)).containsExactly("poison");
        var letter = letters.getFirst().message();
        assertThat(letters.getFirst().origin()).isEqualTo(Topology.DEAD_LETTERS);
        assertThat(letter.body()).isEqualTo(poison.body());
        assertThat(letter.type()).isEqualTo(poison.type());
        assertThat(letter.contentType()).isEqualTo(poison.contentType());
        assertThat(letter.correlationId()).isEqualTo(poison.correlationId());
        assertThat(letter.timestamp()).isEqualTo(poison.timestamp());
        assertThat(Instant.parse(String.valueOf(letter.headerText(MessageHeaders.FIRST_FAILED_AT))))
                .isBetween(before, Instant.now());
        assertThat(letter.headers())
                .containsOnlyKeys(
                        MessageHeaders.SCHEMA_VERSION,
                        "kept",
                        MessageHeaders.DEAD_LETTER_REASON,
                        MessageHeaders.EXCEPTION_TYPE,
                        MessageHeaders.EXCEPTION_MESSAGE,
                        MessageHeaders.EXCEPTION_STACK_TRACE,
                        MessageHeaders.FIRST_FAILED_AT,
                        MessageHeaders.ATTEMPTS,
                        MessageHeaders.ORIGINAL_EXCHANGE,
                        MessageHeaders.ORIGINAL_ROUTING_KEY)
                .containsEntry(MessageHeaders.SCHEMA_VERSION, 1)
                .containsEntry("kept", 7L)
                .containsEntry(MessageHeaders.DEAD_LETTER_REASON, "invalid")
                .containsEntry(MessageHeaders.EXCEPTION_TYPE, "Invalid")
                .containsEntry(MessageHeaders.EXCEPTION_MESSAGE, "bad ü")
                .containsEntry(MessageHeaders.EXCEPTION_STACK_TRACE, "at a line")
                .containsEntry(MessageHeaders.ATTEMPTS, 1)
                .containsEntry(MessageHeaders.ORIGINAL_EXCHANGE, Topology.WAGER_EXCHANGE)
                .containsEntry(MessageHeaders.ORIGINAL_ROUTING_KEY, Topology.WAGER_ROUTING_KEY);
    }

    @Test
    void messageThatDiesAgainKeepsItsFirstFailureAndOrigin() throws Exception {
        var firstFailure = "2026-01-01T00:00:00Z";
        publish(new Message(
                "twice",
                null,
                null,
                null,
                null,
                Map.of(
                        MessageHeaders.FIRST_FAILED_AT, firstFailure,
                        MessageHeaders.ORIGINAL_EXCHANGE, "elsewhere",
                        MessageHeaders.ORIGINAL_ROUTING_KEY, "some.key",
                        MessageHeaders.DEAD_LETTER_REASON, "retries-exhausted"),
                new byte[] {1}));

        var subscription = subscribe(
                Topology.WAGER_QUEUE,
                new BatchSettings(1, SOON, 1),
                batch -> List.of(
                        new Disposition.Dead(DeadLetterReason.UNDECODABLE, Failure.of("Undecodable", "no JSON"))));
        await().atMost(PATIENCE).until(() -> ends().source().depth(Topology.DEAD_LETTER_QUEUE) == 1);
        subscription.close();

        assertThat(collect(Topology.DEAD_LETTER_QUEUE, 1).getFirst().message().headers())
                .containsEntry(MessageHeaders.FIRST_FAILED_AT, firstFailure)
                .containsEntry(MessageHeaders.ORIGINAL_EXCHANGE, "elsewhere")
                .containsEntry(MessageHeaders.ORIGINAL_ROUTING_KEY, "some.key")
                .containsEntry(MessageHeaders.DEAD_LETTER_REASON, "undecodable");
    }

    @Test
    void messageToTryAgainComesBackWithAHigherAttempt() throws Exception {
        publishAll("m", 3);
        var seen = new CopyOnWriteArrayList<Delivery>();

        subscribe(Topology.WAGER_QUEUE, new BatchSettings(3, SOON, 1), batch -> {
            seen.addAll(batch);
            return batch.stream()
                    .<Disposition>map(delivery -> idOf(delivery).equals("m-1") && delivery.attempt() < 3
                            ? new Disposition.Again()
                            : Disposition.DONE)
                    .toList();
        });

        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(seen)
                        .filteredOn(delivery -> idOf(delivery).equals("m-1"))
                        .extracting(Delivery::attempt)
                        .containsExactly(1, 2, 3));
        assertThat(seen)
                .filteredOn(delivery -> !idOf(delivery).equals("m-1"))
                .extracting(MessageTransportContract::idOf)
                .containsExactlyInAnyOrder("m-0", "m-2");
    }

    @Test
    void deadLetterComesAgainHoweverOftenItWasGivenBackAndStaysWhatItIs() throws Exception {
        var letter = message("m-0").withHeaders(Map.of(MessageHeaders.DEAD_LETTER_REASON, "conflict"));
        publish(Topology.DEAD_LETTERS, letter);
        var seen = new CopyOnWriteArrayList<Delivery>();

        var subscription = subscribe(Topology.DEAD_LETTER_QUEUE, new BatchSettings(3, SOON, 1), batch -> {
            seen.addAll(batch);
            return batch.stream()
                    .<Disposition>map(delivery ->
                            seen.size() < 2 * Topology.DELIVERY_LIMIT ? new Disposition.Again() : Disposition.DONE)
                    .toList();
        });

        await().atMost(PATIENCE).until(() -> seen.size() >= 2 * Topology.DELIVERY_LIMIT);
        subscription.close();
        assertThat(seen).hasSize(2 * Topology.DELIVERY_LIMIT);
        seen.forEach(delivery -> assertSame(delivery.message(), letter));
        publish(Topology.DEAD_LETTERS, message(SENTINEL));
        assertThat(collectUntilSentinel(Topology.DEAD_LETTER_QUEUE)).isEmpty();
    }

    @Test
    void failureOfTheHandlerDeliversTheWholeBatchAgain() throws Exception {
        publishAll("m", 5);
        var failed = new CopyOnWriteArrayList<String>();
        var second = new CopyOnWriteArrayList<String>();

        subscribe(Topology.WAGER_QUEUE, new BatchSettings(5, Duration.ofSeconds(1), 1), batch -> {
            if (failed.isEmpty()) {
                batch.forEach(delivery -> failed.add(idOf(delivery)));
                throw new IllegalStateException("the handler's failure, as the test wants it");
            }
            batch.forEach(delivery -> second.add(idOf(delivery)));
            return allDone(batch);
        });

        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(second).containsExactlyInAnyOrderElementsOf(ids("m", 5)));
        assertThat(ids("m", 5)).containsAll(failed);
        publish(Topology.DEAD_LETTERS, message(SENTINEL));
        assertThat(collectUntilSentinel(Topology.DEAD_LETTER_QUEUE)).isEmpty();
    }

    @Test
    void waitingMessagesComeInFullBatchesInTheirOrder() throws Exception {
        publishAll("m", 30);
        var sizes = new CopyOnWriteArrayList<Integer>();
        var seen = new CopyOnWriteArrayList<String>();

        subscribe(Topology.WAGER_QUEUE, new BatchSettings(10, PATIENCE, 1), batch -> {
            sizes.add(batch.size());
            batch.forEach(delivery -> seen.add(idOf(delivery)));
            return allDone(batch);
        });

        await().atMost(PATIENCE.minusSeconds(10)).until(() -> seen.size() >= 30);
        assertThat(sizes).containsExactly(10, 10, 10);
        assertThat(seen).containsExactlyInAnyOrderElementsOf(ids("m", 30));
    }

    @Test
    void aBatchClosesByBytes() throws Exception {
        for (var id : ids("m", 6)) {
            publish(message(id, 1_000));
        }
        publish(message("large-6", 10_000));
        for (var number : List.of(7, 8, 9, 10)) {
            publish(message("m-" + number, 1_000));
        }
        var batches = new CopyOnWriteArrayList<List<Delivery>>();

        // Neither the count nor the wait closes a batch here: bytes do, but for the last.
        subscribe(Topology.WAGER_QUEUE, new BatchSettings(100, 3_000, Duration.ofSeconds(1), 1), batch -> {
            batches.add(batch);
            return allDone(batch);
        });

        await().atMost(PATIENCE)
                .untilAsserted(
                        () -> assertThat(batches.stream().flatMap(List::stream).toList())
                                .extracting(MessageTransportContract::numberOf)
                                .containsExactlyInAnyOrderElementsOf(
                                        IntStream.range(0, 11).boxed().toList()));
        assertThat(batches.stream().filter(batch -> batch.size() > 1))
                .as("only a message that stands alone may be larger than a batch")
                .allSatisfy(batch -> assertThat(bytesOf(batch)).isLessThanOrEqualTo(3_000));
        assertThat(batches).as("batches are filled up to their bytes").hasSizeLessThanOrEqualTo(6);
    }

    @Test
    void batchThatDoesNotFillUpArrivesAfterItsLongestWait() throws Exception {
        publishAll("m", 3);

        var seen = collect(Topology.WAGER_QUEUE, new BatchSettings(100, Duration.ofMillis(200), 1), 3);

        assertThat(idsOf(seen)).containsExactlyInAnyOrderElementsOf(ids("m", 3));
    }

    @Test
    void unroutableMessageIsRefusedAndItsNeighboursAreNot() throws Exception {
        var before = ends().publisher().publish(Topology.WAGERS, message("before"));
        var lost = ends().publisher().publish(unroutable(), message("lost"));
        var after = ends().publisher().publish(Topology.WAGERS, message("after"));

        assertThat(failureOf(lost).reason()).isEqualTo(PublishFailedException.Reason.UNROUTABLE);
        before.get(30, SECONDS);
        after.get(30, SECONDS);
        publish(message(SENTINEL));
        assertThat(idsOf(collectUntilSentinel(Topology.WAGER_QUEUE))).containsExactlyInAnyOrder("before", "after");
    }

    @Test
    void nothingIsLostOrInventedAmongManyPublishers() throws Exception {
        var publishers = 16;
        var each = 250;
        var confirmed = new CopyOnWriteArrayList<CompletableFuture<Void>>();
        var seen = Collections.synchronizedList(new ArrayList<String>());
        subscribe(Topology.WAGER_QUEUE, new BatchSettings(100, SOON, 1), batch -> {
            batch.forEach(delivery -> seen.add(idOf(delivery)));
            return allDone(batch);
        });

        try (var threads = Executors.newFixedThreadPool(publishers)) {
            for (var publisher = 0; publisher < publishers; publisher++) {
                var prefix = "p" + publisher;
                threads.execute(() -> ids(prefix, each)
                        .forEach(id -> confirmed.add(ends().publisher().publish(Topology.WAGERS, message(id)))));
            }
        }
        CompletableFuture.allOf(confirmed.toArray(CompletableFuture<?>[]::new)).get(60, SECONDS);

        var sent = IntStream.range(0, publishers)
                .mapToObj(publisher -> ids("p" + publisher, each))
                .flatMap(List::stream)
                .toList();
        await().atMost(PATIENCE).until(() -> seen.size() >= sent.size());
        assertThat(List.copyOf(seen)).containsExactlyInAnyOrderElementsOf(sent);
    }

    @Test
    void closingFinishesTheBatchInHandAndLeavesTheRest() throws Exception {
        publishAll("m", 100);
        var inHand = new CountDownLatch(1);
        var release = new CountDownLatch(1);
        var done = Collections.synchronizedSet(new HashSet<String>());
        var subscription = subscribe(Topology.WAGER_QUEUE, new BatchSettings(10, PATIENCE, 1), batch -> {
            inHand.countDown();
            awaitWithPatience(release);
            batch.forEach(delivery -> done.add(idOf(delivery)));
            return allDone(batch);
        });
        assertThat(inHand.await(30, SECONDS)).as("the first batch arrived").isTrue();

        var closing = new Thread(subscription::close);
        closing.start();
        await().atMost(PATIENCE)
                .until(() ->
                        Set.of(Thread.State.WAITING, Thread.State.TIMED_WAITING).contains(closing.getState()));
        release.countDown();
        closing.join(PATIENCE.toMillis());

        assertThat(closing.isAlive()).as("closing ends").isFalse();
        subscription.close();
        publish(message(SENTINEL));
        var rest = idsOf(collectUntilSentinel(Topology.WAGER_QUEUE));
        assertThat(rest).isNotEmpty().doesNotContainAnyElementsOf(done);
        assertThat(Set.copyOf(done)).hasSizeGreaterThanOrEqualTo(10);
        assertThat(IntStream.concat(
                                done.stream().mapToInt(MessageTransportContract::numberOf),
                                rest.stream().mapToInt(MessageTransportContract::numberOf))
                        .boxed()
                        .toList())
                .containsExactlyInAnyOrderElementsOf(
                        IntStream.range(0, 100).boxed().toList());
    }

    @Test
    void batchesAreHandledInParallelAndNoneIsLost() throws Exception {
        var meeting = new CyclicBarrier(2);
        var met = new AtomicInteger();
        var seen = Collections.synchronizedList(new ArrayList<String>());
        subscribe(Topology.WAGER_QUEUE, new BatchSettings(5, SOON, 2), batch -> {
            if (met.get() == 0) {
                meet(meeting);
                met.incrementAndGet();
            }
            batch.forEach(delivery -> seen.add(idOf(delivery)));
            return allDone(batch);
        });

        publishAll("m", 200);

        await().atMost(PATIENCE).until(() -> seen.size() >= 200);
        assertThat(List.copyOf(seen)).containsExactlyInAnyOrderElementsOf(ids("m", 200));
        assertThat(met.get()).as("handlers that met another at work").isGreaterThanOrEqualTo(2);
    }

    @Test
    void depthCountsWhatWaits() throws Exception {
        assertThat(ends().source().depth(Topology.WAGER_QUEUE)).isZero();

        publishAll("m", 7);

        await().atMost(PATIENCE).until(() -> ends().source().depth(Topology.WAGER_QUEUE) == 7);
        assertThat(ends().source().depth(Topology.DEAD_LETTER_QUEUE)).isZero();
        collect(Topology.WAGER_QUEUE, 7);
        await().atMost(PATIENCE).until(() -> ends().source().depth(Topology.WAGER_QUEUE) == 0);
    }

    private TransportEnds ends() {
        return Objects.requireNonNull(running, "the transport is not open");
    }

    private MessageSource.Subscription subscribe(String queue, BatchSettings settings, BatchHandler handler) {
        var subscription = ends().source().subscribe(queue, settings, handler);
        opened.add(subscription);
        return subscription;
    }

    private void publish(Message message) throws Exception {
        publish(Topology.WAGERS, message);
    }

    private void publish(Destination destination, Message message) throws Exception {
        ends().publisher().publish(destination, message).get(30, SECONDS);
    }

    /** One after the other, so that their order in the queue is known. */
    private void publishAll(String prefix, int count) throws Exception {
        for (var id : ids(prefix, count)) {
            publish(message(id));
        }
    }

    private List<Delivery> collect(String queue, int count) {
        return collect(queue, new BatchSettings(10, SOON, 1), count);
    }

    private List<Delivery> collect(String queue, BatchSettings settings, int count) {
        var collected = new CopyOnWriteArrayList<Delivery>();
        var subscription = subscribe(queue, settings, batch -> {
            collected.addAll(batch);
            return allDone(batch);
        });
        await().atMost(PATIENCE).until(() -> collected.size() >= count);
        subscription.close();
        assertThat(idsOf(collected)).hasSize(count);
        return List.copyOf(collected);
    }

    /** Takes everything up to the sentinel, which is the last in the queue, and answers with what came before. */
    private List<Delivery> collectUntilSentinel(String queue) {
        var collected = new CopyOnWriteArrayList<Delivery>();
        var subscription = subscribe(queue, new BatchSettings(10, SOON, 1), batch -> {
            collected.addAll(batch);
            return allDone(batch);
        });
        await().atMost(PATIENCE).until(() -> collected.stream().anyMatch(delivery -> SENTINEL.equals(idOf(delivery))));
        subscription.close();
        return collected.stream()
                .filter(delivery -> !SENTINEL.equals(idOf(delivery)))
                .toList();
    }

    private static Message message(String id) {
        return new Message(
                id,
                MessageHeaders.WAGER_TYPE,
                MessageHeaders.JSON,
                null,
                Instant.parse("2026-02-03T04:05:06Z"),
                Map.of(MessageHeaders.SCHEMA_VERSION, MessageHeaders.CURRENT_SCHEMA_VERSION),
                ("{\"id\":\"" + id + "\"}").getBytes(StandardCharsets.UTF_8));
    }

    private static Message message(String id, int bytes) {
        return new Message(id, null, null, null, null, Map.of(), new byte[bytes]);
    }

    private static int bytesOf(List<Delivery> batch) {
        return batch.stream()
                .mapToInt(delivery -> delivery.message().body().length)
                .sum();
    }

    private static List<Disposition> allDone(List<Delivery> batch) {
        return Collections.nCopies(batch.size(), Disposition.DONE);
    }

    private static List<String> ids(String prefix, int count) {
        return IntStream.range(0, count).mapToObj(i -> prefix + "-" + i).toList();
    }

    private static List<String> idsOf(List<Delivery> deliveries) {
        return deliveries.stream().map(MessageTransportContract::idOf).toList();
    }

    private static String idOf(Delivery delivery) {
        return String.valueOf(delivery.message().messageId());
    }

    private static int numberOf(Delivery delivery) {
        return numberOf(idOf(delivery));
    }

    private static int numberOf(String id) {
        return Integer.parseInt(id.substring(id.indexOf('-') + 1));
    }

    private static void assertSame(Message actual, Message expected) {
        assertThat(actual.messageId()).isEqualTo(expected.messageId());
        assertThat(actual.type()).isEqualTo(expected.type());
        assertThat(actual.contentType()).isEqualTo(expected.contentType());
        assertThat(actual.correlationId()).isEqualTo(expected.correlationId());
        assertThat(actual.timestamp()).isEqualTo(expected.timestamp());
        assertThat(actual.headers()).isEqualTo(expected.headers());
        assertThat(actual.body()).isEqualTo(expected.body());
    }

    private static PublishFailedException failureOf(CompletableFuture<Void> publishing) {
        var thrown = catchThrowable(() -> publishing.get(30, SECONDS));
        assertThat(thrown).isInstanceOf(ExecutionException.class).hasCauseInstanceOf(PublishFailedException.class);
        return (PublishFailedException) Objects.requireNonNull(thrown.getCause());
    }

    private static void awaitWithPatience(CountDownLatch latch) {
        try {
            if (!latch.await(PATIENCE.toSeconds(), SECONDS)) {
                throw new IllegalStateException("was never released");
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(interrupted);
        }
    }

    private static void meet(CyclicBarrier meeting) {
        try {
            meeting.await(20, SECONDS);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(interrupted);
        } catch (BrokenBarrierException | TimeoutException alone) {
            throw new IllegalStateException("no other batch was handled at the same time", alone);
        }
    }
}
