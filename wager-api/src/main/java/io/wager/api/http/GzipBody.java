package io.wager.api.http;

import io.wager.api.problem.ProblemException;
import io.wager.api.problem.ProblemType;
import java.io.IOException;
import java.util.Arrays;
import java.util.function.IntConsumer;
import org.apache.commons.compress.compressors.gzip.GzipCompressorInputStream;

/** Inflates bodies that came in gzip (RFC 1952): of one member or several, with nothing behind them. */
final class GzipBody {

    /** What an inflater takes of memory: its window and tables, which are native, and its buffers. */
    static final int INFLATER_BYTES = 64 * 1024;

    /** The most that a byte of DEFLATE can stand for. */
    private static final long MOST_RATIO = 1_032;

    private static final int FIRST_BYTES = 2 * 1024;

    private GzipBody() {}

    /**
     * The most bytes that are taken as the gzip of a body. What can't be compressed grows by less than a thousandth part; only
     * padding is larger than this.
     *
     * @param limit the most bytes of the body itself
     */
    static long mostCoded(long limit) {
        return limit + limit / 1_024 + 1_024;
    }

    /**
     * Inflates a body, and holds no more than it was given room for.
     *
     * @param coded the gzip; not empty
     * @param most the most bytes that are inflated: what has more is cut off there, and the rest of it is not looked at
     * @param room called before an array of so many bytes is made
     * @return the body
     * @throws ProblemException with status 400 if it is not well-formed
     */
    static byte[] inflate(byte[] coded, int most, IntConsumer room) {
        var buffer = new byte[0];
        var filled = 0;
        try (var gzip = GzipCompressorInputStream.builder()
                .setByteArray(coded)
                .setDecompressConcatenated(true)
                .get()) {
            while (filled < most) {
                if (filled == buffer.length) {
                    var size = filled == 0 ? firstSize(coded, most) : Math.min(most, 2 * filled);
                    room.accept(size);
                    buffer = Arrays.copyOf(buffer, size);
                }
                var count = gzip.read(buffer, filled, buffer.length - filled);
                if (count < 0) {
                    break;
                }
                filled += count;
            }
        } catch (IOException e) {
            throw new ProblemException(
                    ProblemType.MALFORMED_GZIP,
                    "The body is not gzip, ends too early, was changed in transit, or has trailing data.");
        }
        return Arrays.copyOf(buffer, filled);
    }

    /** The size that the gzip says at its end, modulo 4 GB, and a byte that shows whether there is more. Nothing depends on its truth. */
    private static int firstSize(byte[] coded, int most) {
        var told = 0L;
        for (var place = coded.length - 1; place >= Math.max(0, coded.length - 4); place--) {
            told = (told << 8) | Byte.toUnsignedInt(coded[place]);
        }
        var likely = Math.min(told, MOST_RATIO * coded.length) + 1;
        return Math.toIntExact(Math.min(most, Math.max(FIRST_BYTES, likely)));
    }
}
