package io.wager.api.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.wager.api.problem.ProblemException;
import io.wager.api.problem.ProblemType;
import jakarta.servlet.ReadListener;
import jakarta.servlet.ServletInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.IntConsumer;
import java.util.function.LongSupplier;
import org.junit.jupiter.api.Test;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.util.unit.DataSize;

class IncomingBodyTest {

    private static final DataSize LIMIT = DataSize.ofMegabytes(1);
    private static final HttpProperties PROPERTIES =
            new HttpProperties(LIMIT, LIMIT, 1_000, null, Duration.ZERO, Duration.ofSeconds(10));
    private static final int UNKNOWN = -1;

    private final MemoryBudget budget = new MemoryBudget(DataSize.ofMegabytes(8).toBytes(), new SimpleMeterRegistry());

    @Test
    void aSlowClientHoldsNoMoreThanItHasSent() {
        var held = new ArrayList<Long>();
        var body = body(new Sending(1_000_000, 1_000_000, sent -> held.add(budget.used())), IncomingBodyTest::standing);

        var bytes = body.read(LIMIT);

        assertThat(bytes).hasSize(1_000_000);
        assertThat(held.getFirst()).as("with nothing sent").isEqualTo(MemoryBudget.weightOf(2_048));
        for (var read = 1; read <= MemoryBudget.SMALL_BODY_BYTES / Sending.AT_ONCE; read++) {
            assertThat(held.get(read))
                    .isLessThanOrEqualTo(MemoryBudget.weightOf(Math.max(2_048, 2 * read * Sending.AT_ONCE)));
        }
        assertThat(budget.used()).isEqualTo(MemoryBudget.weightOf(1_000_000));
        body.release();
        assertThat(budget.used()).isZero();
    }

    @Test
    void aBodyThatHasShownThatItComesHasTheRoomThatItNeeds() {
        var body = body(
                new Sending(500_000, 500_000, sent -> {
                    while (sent > MemoryBudget.SMALL_BODY_BYTES + Sending.AT_ONCE && budget.tryTake(10_000, 0)) {}
                }),
                IncomingBodyTest::standing);

        assertThat(body.read(LIMIT)).hasSize(500_000);
    }

    @Test
    void aBodyThatFindsNoRoomIsRefusedBeforeAByteOfItIsRead() {
        assertThat(budget.tryTake(DataSize.ofMegabytes(5).toBytes(), 0)).isTrue();
        var body = body(
                new Sending(500_000, 500_000, sent -> {
                    throw new AssertionError("was read");
                }),
                IncomingBodyTest::standing);

        assertThatThrownBy(() -> body.read(LIMIT)).satisfies(IncomingBodyTest::isSaturated);
    }

    @Test
    void aBodyWhoseRoomIsTakenWhileItArrivesIsRefusedAndGivesBackWhatItHad() {
        var body = body(
                new Sending(UNKNOWN, 500_000, sent -> {
                    while (sent > 100_000 && budget.tryTake(100_000, 0)) {}
                }),
                IncomingBodyTest::standing);

        assertThatThrownBy(() -> body.read(LIMIT)).satisfies(IncomingBodyTest::isSaturated);

        var others = DataSize.ofMegabytes(8).toBytes() - budget.used();
        body.release();
        assertThat(DataSize.ofMegabytes(8).toBytes() - budget.used()).isGreaterThan(others + 4 * 100_000);
    }

    @Test
    void aBodyKeepsItsRoomUntilTheLastOfItsPublishesHasEnded() {
        var body = body(new Sending(10, 10, sent -> {}), IncomingBodyTest::standing);
        body.read(LIMIT);
        var first = new CompletableFuture<Void>();
        var second = new CompletableFuture<Void>();
        body.holdUntilEndOf(first);
        body.holdUntilEndOf(second);

        body.release();
        first.complete(null);

        assertThat(budget.used()).isEqualTo(MemoryBudget.weightOf(10));
        second.completeExceptionally(new IOException("no confirm"));
        assertThat(budget.used()).isZero();
    }

    @Test
    void aBodyWhoseTimeIsUpIsTooSlow() {
        var body = body(new Sending(100_000, 100_000, sent -> {}), hoursPassing());

        assertThatThrownBy(() -> body.read(LIMIT))
                .isInstanceOfSatisfying(
                        ProblemException.class,
                        problem -> assertThat(problem.type()).isEqualTo(ProblemType.BODY_TOO_SLOW));
    }

    @Test
    void aBodyThatIsThereAtOnceIsNeverTooSlow() {
        var body = body(new Sending(1_000, 1_000, sent -> {}), hoursPassing());

        assertThat(body.read(LIMIT)).hasSize(1_000);
    }

    /** Any mix of bodies and confirms on any threads: each gives back what it took once, no more and no less. */
    @Test
    void afterAnyMixNothingIsHeld() throws Exception {
        var random = new Random(20261127);
        List<CompletableFuture<Void>> publishes = new ArrayList<>();
        List<Future<?>> requests = new ArrayList<>();
        try (var threads = Executors.newFixedThreadPool(8)) {
            for (var request = 0; request < 2_000; request++) {
                var body = body(anyBody(random), random.nextInt(20) == 0 ? hoursPassing() : IncomingBodyTest::standing);
                List<CompletableFuture<Void>> own = new ArrayList<>();
                for (var publish = random.nextInt(3); publish > 0; publish--) {
                    own.add(new CompletableFuture<>());
                }
                publishes.addAll(own);
                requests.add(threads.submit(() -> handle(body, own)));
            }
            while (!publishes.isEmpty()) {
                var publish = publishes.remove(random.nextInt(publishes.size()));
                threads.execute(() -> publish.complete(null));
            }
            for (var request : requests) {
                request.get();
            }
        }

        assertThat(budget.used()).isZero();
    }

    private static void handle(IncomingBody body, List<CompletableFuture<Void>> publishes) {
        try {
            body.read(LIMIT);
            publishes.forEach(body::holdUntilEndOf);
        } catch (ProblemException refused) {
            // Gives back all the same.
        } finally {
            body.release();
        }
    }

    /** Of known and unknown length, whole, cut off, silent, too large, lying about its length. */
    private static Sending anyBody(Random random) {
        var size = random.nextInt(4) == 0 ? random.nextInt(1_200_000) : random.nextInt(4_000);
        var length = random.nextBoolean() ? UNKNOWN : size;
        return switch (random.nextInt(5)) {
            case 0 -> new Sending(size + 1, size, sent -> {});
            case 1 -> new Sending(length, size, new Breaking(size / 2, new EOFException()));
            case 2 -> new Sending(length, size, new Breaking(size / 2, new SocketTimeoutException()));
            default -> new Sending(length, size, sent -> {});
        };
    }

    private IncomingBody body(Sending sending, LongSupplier nanos) {
        return IncomingBody.begin(sending.request(), budget, PROPERTIES, nanos);
    }

    private static long standing() {
        return 0;
    }

    /** A clock that is an hour later whenever it is looked at. */
    private static LongSupplier hoursPassing() {
        var hours = new AtomicLong();
        return () -> TimeUnit.HOURS.toNanos(hours.incrementAndGet());
    }

    private static void isSaturated(Throwable refused) {
        assertThat(refused)
                .isInstanceOfSatisfying(
                        ProblemException.class,
                        problem -> assertThat(problem.type()).isEqualTo(ProblemType.BODIES_SATURATED));
    }

    /**
     * A client that sends some bytes at once.
     *
     * @param length what it says it sends; {@value #UNKNOWN} if it does not say
     * @param size what it sends
     * @param onRead told at each read how many bytes were sent before
     */
    private record Sending(int length, int size, IntConsumer onRead) {

        static final int AT_ONCE = 1_000;

        MockHttpServletRequest request() {
            var stream = new Body();
            return new MockHttpServletRequest() {
                @Override
                public long getContentLengthLong() {
                    return length;
                }

                @Override
                public ServletInputStream getInputStream() {
                    return stream;
                }
            };
        }

        private final class Body extends ServletInputStream {

            private int sent;

            @Override
            public int read() {
                throw new UnsupportedOperationException();
            }

            @Override
            public boolean isFinished() {
                return sent == size;
            }

            @Override
            public boolean isReady() {
                return true;
            }

            @Override
            public void setReadListener(ReadListener listener) {
                throw new UnsupportedOperationException();
            }

            @Override
            public int read(byte[] buffer, int offset, int most) throws IOException {
                onRead.accept(sent);
                if (onRead instanceof Breaking breaking && sent >= breaking.after()) {
                    throw breaking.by();
                }
                if (sent == size) {
                    return -1;
                }
                var count = Math.min(Math.min(most, AT_ONCE), size - sent);
                sent += count;
                return count;
            }
        }
    }

    private record Breaking(int after, IOException by) implements IntConsumer {

        @Override
        public void accept(int sent) {}
    }
}
