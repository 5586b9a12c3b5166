package io.wager.api.http;

import static io.wager.api.support.Gzip.gzip;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.wager.api.problem.ProblemException;
import io.wager.api.problem.ProblemType;
import java.time.Duration;
import java.util.Arrays;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.util.unit.DataSize;

/** What a body in gzip holds of the memory. */
class CompressedBodyTest {

    private static final DataSize LIMIT = DataSize.ofMegabytes(1);
    private static final int SIZE = 500_000;
    private static final HttpProperties PROPERTIES =
            new HttpProperties(LIMIT, LIMIT, 1_000, null, Duration.ZERO, Duration.ofSeconds(10));

    private final Random random = new Random(20261127);

    @Test
    void theBudgetHasWhatWasSentAndWhatItInflatesTo() {
        var coded = gzip(text(SIZE));
        var together = MemoryBudget.weightOf(SIZE + 1) + coded.length + GzipBody.INFLATER_BYTES;

        var fitting = budgetForLarge(together);
        var body = body(coded, fitting, () -> 0);
        assertThat(body.read(LIMIT)).hasSize(SIZE);
        assertThat(fitting.used()).as("once it is inflated").isEqualTo(MemoryBudget.weightOf(SIZE + 1));
        body.release();
        assertThat(fitting.used()).isZero();

        var tooSmall = budgetForLarge(together - 2);
        var refused = body(coded, tooSmall, () -> 0);
        isRefused(() -> refused.read(LIMIT), ProblemType.BODIES_SATURATED);
        refused.release();
        assertThat(tooSmall.used()).isZero();
    }

    @Test
    void aBombNeverHoldsMoreThanTheLimit() {
        var coded = gzip(new byte[64 * SIZE]);
        var budget =
                budgetForLarge(MemoryBudget.weightOf(LIMIT.toBytes() + 1) + coded.length + GzipBody.INFLATER_BYTES);
        var body = body(coded, budget, () -> 0);

        isRefused(() -> body.read(LIMIT), ProblemType.CONTENT_TOO_LARGE);
    }

    @Test
    void aSizeThatIsNotTrueIsNotBelieved() {
        var coded = gzip(text(SIZE));
        Arrays.fill(coded, coded.length - 4, coded.length, (byte) 0xff);
        var body = body(coded, budgetForLarge(10L * SIZE), () -> 0);

        isRefused(() -> body.read(LIMIT), ProblemType.MALFORMED_GZIP);
    }

    @Test
    void theTimeIsThatOfTheBodyAsItIsSent() {
        var hours = new AtomicLong();
        var slow = body(
                gzip(text(SIZE)), budgetForLarge(10L * SIZE), () -> TimeUnit.HOURS.toNanos(hours.incrementAndGet()));

        isRefused(() -> slow.read(LIMIT), ProblemType.BODY_TOO_SLOW);
    }

    @Test
    void whatCanNotBeCompressedIsTakenUpToTheLimitAsWell() {
        var noise = new byte[Math.toIntExact(LIMIT.toBytes())];
        random.nextBytes(noise);
        var coded = gzip(noise);
        assertThat(coded).hasSizeGreaterThan(noise.length);

        assertThat(body(coded, budgetForLarge(20L * SIZE), () -> 0).read(LIMIT)).isEqualTo(noise);
    }

    @Test
    void afterAnyMixNothingIsHeld() {
        var budget = budgetForLarge(3L * SIZE);
        for (var request = 0; request < 200; request++) {
            var body = body(anyBody(), budget, () -> 0);
            try {
                body.read(LIMIT);
            } catch (ProblemException refused) {
                // Gives back all the same.
            } finally {
                body.release();
            }
        }

        assertThat(budget.used()).isZero();
    }

    /** Whole, cut off, followed by something, changed, several, none, too large. */
    private byte[] anyBody() {
        var size = random.nextInt(4) == 0 ? random.nextInt(2 * SIZE) : random.nextInt(4_000);
        var coded = gzip(text(size));
        switch (random.nextInt(6)) {
            case 0 -> coded = Arrays.copyOf(coded, random.nextInt(coded.length));
            case 1 -> coded = Arrays.copyOf(coded, coded.length + 1 + random.nextInt(50));
            case 2 -> coded[random.nextInt(coded.length)] ^= (byte) (1 + random.nextInt(255));
            case 3 -> {
                var twice = Arrays.copyOf(coded, 2 * coded.length);
                System.arraycopy(coded, 0, twice, coded.length, coded.length);
                coded = twice;
            }
            case 4 -> coded = gzip(new byte[4 * SIZE]);
            default -> {}
        }
        return coded;
    }

    /** Letters that compress to about two thirds. */
    private byte[] text(int size) {
        var bytes = new byte[size];
        for (var place = 0; place < size; place++) {
            bytes[place] = (byte) ('a' + random.nextInt(26));
        }
        return bytes;
    }

    /** A budget that has just so many bytes for bodies that are not small. */
    private static MemoryBudget budgetForLarge(long bytes) {
        return new MemoryBudget(Math.ceilDiv(4 * bytes, 3), new SimpleMeterRegistry());
    }

    private static IncomingBody body(byte[] coded, MemoryBudget budget, LongSupplier nanos) {
        var request = new MockHttpServletRequest();
        request.addHeader("Content-Encoding", "gzip");
        request.setContent(coded);
        return IncomingBody.begin(request, budget, PROPERTIES, nanos);
    }

    private static void isRefused(ThrowingCallable read, ProblemType type) {
        assertThatThrownBy(read)
                .isInstanceOfSatisfying(
                        ProblemException.class,
                        problem -> assertThat(problem.type()).isEqualTo(type));
    }
}
