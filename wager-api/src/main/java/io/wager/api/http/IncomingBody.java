package io.wager.api.http;

import io.wager.api.problem.ProblemException;
import io.wager.api.problem.ProblemType;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.LongSupplier;
import org.springframework.http.HttpHeaders;
import org.springframework.util.unit.DataSize;

/**
 * The body of one request, from its headers until nothing of it is held any more. It takes its part of the {@link MemoryBudget} as the body
 * arrives, so a slow client holds no more than it has sent. A body of known length takes all of its part once its first bytes have arrived,
 * so that every admitted body can finish. Otherwise many large bodies that begin at once would take the room from each other until none can
 * finish. The part is given back once, when the request and every publish that outlives it have ended.
 *
 * <p>The request's thread reads it. Publishes may end on any thread, including the transport's, so nothing here locks or waits.
 */
public final class IncomingBody {

    private static final String ATTRIBUTE = IncomingBody.class.getName();

    /** The first buffer: a usual wager fits, and thousands of clients that send nothing more are cheap. */
    private static final int FIRST_BYTES = 2 * 1024;

    /** How much of a refused body is read at most, so that its sender reads the answer. */
    private static final int MOST_DRAINED_BYTES = 16 * 1024 * 1024;

    private static final int DRAIN_BYTES = 8 * 1024;

    private final HttpServletRequest request;
    private final BodyRoom room;
    private final Duration timeout;
    private final LongSupplier nanos;
    private final long startNanos;

    /** The request itself, and each publish that may outlive it. */
    private final AtomicInteger holders = new AtomicInteger(1);

    private boolean isBegun;

    private IncomingBody(
            HttpServletRequest request, MemoryBudget budget, HttpProperties properties, LongSupplier nanos) {
        this.request = request;
        room = new BodyRoom(budget, properties.memoryWait());
        timeout = properties.bodyTimeout();
        this.nanos = nanos;
        startNanos = nanos.getAsLong();
    }

    /** Makes the body of a request and starts its time limit. */
    static IncomingBody begin(
            HttpServletRequest request, MemoryBudget budget, HttpProperties properties, LongSupplier nanos) {
        var body = new IncomingBody(request, budget, properties, nanos);
        request.setAttribute(ATTRIBUTE, body);
        return body;
    }

    /**
     * The body of a request.
     *
     * @param request the request
     * @return its body
     */
    public static IncomingBody of(HttpServletRequest request) {
        if (request.getAttribute(ATTRIBUTE) instanceof IncomingBody body) {
            return body;
        }
        throw new IllegalStateException("the request did not come through IncomingBodyFilter");
    }

    /**
     * Keeps the body's part of the budget until a publish of the request has ended. For publishes that may outlive the request; to be
     * called before the request is over.
     *
     * @param publish completes when the message is not held any more
     */
    public void holdUntilEndOf(CompletableFuture<?> publish) {
        holders.incrementAndGet();
        var unused = publish.whenComplete((nothing, failure) -> release());
    }

    /**
     * Reads the whole body.
     *
     * @param limit the most bytes
     * @return its bytes
     * @throws ProblemException as {@link RequestBodies#read}
     */
    byte[] read(DataSize limit) {
        var most = limit.toBytes();
        return switch (ContentCoding.of(request)) {
            case IDENTITY -> receive(most, limit);
            case GZIP -> inflate(receive(GzipBody.mostCoded(most), limit), limit);
        };
    }

    /** Reads the body as it was sent. */
    private byte[] receive(long mostSent, DataSize limit) {
        var length = request.getContentLengthLong();
        if (length > mostSent) {
            throw tooLarge(limit);
        }
        if (length > 0) {
            room.awaitFor(length);
        }
        // A body that tells its length gets an array of that length in the end, and Tomcat sees to it that no more
        // comes.
        var body = readUpTo(Math.toIntExact(length < 0 ? mostSent + 1 : length), length);
        if (body.length > mostSent) {
            throw tooLarge(limit);
        }
        if (body.length < length) {
            throw endedEarly();
        }
        return body;
    }

    /**
     * Inflates a complete body. It waits for no client, so few inflaters are in use at once. The inflater, the compressed body and each
     * inflated piece take their part of the budget in advance.
     */
    private byte[] inflate(byte[] coded, DataSize limit) {
        if (coded.length == 0) {
            // There is no body, and nothing is coded.
            return coded;
        }
        var aside = GzipBody.INFLATER_BYTES + coded.length;
        room.takeAside(aside, coded.length);
        try {
            var body = GzipBody.inflate(coded, Math.toIntExact(limit.toBytes() + 1), size -> room.take(size, size));
            if (body.length > limit.toBytes()) {
                throw tooLarge(limit);
            }
            return body;
        } finally {
            room.giveBackAside(aside);
        }
    }

    private byte[] readUpTo(int most, long length) {
        var buffer = new byte[0];
        var filled = 0;
        try {
            while (filled < most) {
                if (filled == buffer.length) {
                    var size = nextSize(filled, most, length);
                    room.take(size, length);
                    buffer = Arrays.copyOf(buffer, size);
                }
                isBegun = true;
                var count = request.getInputStream().read(buffer, filled, buffer.length - filled);
                if (count < 0) {
                    break;
                }
                filled += count;
                if (filled < most && isLate()) {
                    throw tooSlow();
                }
            }
        } catch (SocketTimeoutException e) {
            throw tooSlow();
        } catch (IOException e) {
            throw e.getCause() instanceof SocketTimeoutException ? tooSlow() : endedEarly();
        }
        return filled == buffer.length ? buffer : Arrays.copyOf(buffer, filled);
    }

    private static int nextSize(int filled, int most, long length) {
        return length > 0 && filled >= MemoryBudget.SMALL_BODY_BYTES
                ? most
                : Math.min(most, Math.max(FIRST_BYTES, 2 * filled));
    }

    /** Ends the request's handling. To be called once. */
    void release() {
        if (holders.decrementAndGet() == 0) {
            room.giveBack();
        }
    }

    /** Whether a client is still sending an unread body. A client that waits for 100 Continue is not, and does not get it. */
    boolean isSending() throws IOException {
        var hasBody = request.getContentLengthLong() > 0 || request.getHeader(HttpHeaders.TRANSFER_ENCODING) != null;
        return hasBody
                && (isBegun || request.getHeader(HttpHeaders.EXPECT) == null)
                && !request.getInputStream().isFinished();
    }

    /** Reads and discards the rest, until the body ends, its time is up or there is too much of it. */
    void drain() throws IOException {
        var rest = request.getInputStream();
        var buffer = new byte[DRAIN_BYTES];
        var drained = 0;
        for (var count = 0; count >= 0 && !isLate() && drained < MOST_DRAINED_BYTES; drained += count) {
            count = rest.read(buffer);
        }
    }

    private boolean isLate() {
        return nanos.getAsLong() - startNanos > timeout.toNanos();
    }

    private ProblemException tooSlow() {
        return new ProblemException(
                ProblemType.BODY_TOO_SLOW, "The body did not arrive within " + timeout.toMillis() + " ms.");
    }

    private static ProblemException endedEarly() {
        return new ProblemException(ProblemType.BAD_REQUEST, "The body ended before it was complete.");
    }

    private static ProblemException tooLarge(DataSize limit) {
        return new ProblemException(
                ProblemType.CONTENT_TOO_LARGE,
                "The body may have up to " + limit.toBytes() + " bytes, counted after decompression.");
    }
}
