package io.wager.api.requeuejob;

import io.wager.api.deadletter.DeadLetterFilter;
import io.wager.api.http.RequestObject;
import io.wager.core.wager.Fault.Code;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A job as it is asked for.
 *
 * @param selection which letters
 * @param isDryRun whether only to tell what would be
 * @param ratePerSecond the most messages in a second; null is as fast as it goes
 * @param canary how many must be resolved before the others go
 * @param stopWhenFailedShare the share of settled letters that may fail again
 * @param reason why
 */
record JobRequest(
        Selection selection,
        boolean isDryRun,
        @Nullable Integer ratePerSecond,
        @Nullable Integer canary,
        @Nullable BigDecimal stopWhenFailedShare,
        @Nullable String reason) {

    private static final int MAX_RATE = 100_000;
    private static final int MAX_CANARY = 10_000;
    private static final int MAX_REASON_UNITS = 1_000;
    private static final int MAX_SHARE_SCALE = 4;
    private static final int FINGERPRINT_UNITS = 16;
    private static final Pattern FINGERPRINT = Pattern.compile("[0-9a-f]{16}");

    static JobRequest read(byte[] body) {
        var request = RequestObject.read(body);
        var selection = selection(request);
        var read = new JobRequest(
                selection,
                request.flag("dryRun"),
                request.integer("ratePerSecond", 1, MAX_RATE),
                request.integer("canary", 1, MAX_CANARY),
                share(request),
                request.text("reason", MAX_REASON_UNITS));
        request.check();
        return read;
    }

    private static Selection selection(RequestObject request) {
        List<Selection> found = new ArrayList<>();
        var ids = request.ids("ids", Selection.Ids.MAX);
        if (ids != null) {
            found.add(new Selection.Ids(ids));
        }
        var fingerprint = request.text("fingerprint", FINGERPRINT_UNITS);
        if (fingerprint != null) {
            if (!FINGERPRINT.matcher(fingerprint).matches()) {
                request.fault("fingerprint", Code.OUT_OF_RANGE, "must be 16 lower-case hexadecimal digits");
            }
            found.add(new Selection.Group(fingerprint));
        }
        var filter = request.node(Selection.FILTER);
        if (filter != null) {
            found.add(Selection.Filtered.of(DeadLetterFilter.read(filter, "/" + Selection.FILTER, request)));
        }
        var named = List.of("ids", "fingerprint", Selection.FILTER).stream()
                .filter(name -> request.raw(name) != null)
                .count();
        if (named != 1) {
            request.fault("", Code.REQUIRED, "must have exactly one of ids, fingerprint and filter");
        }
        return found.isEmpty() ? new Selection.Ids(List.of()) : found.getFirst();
    }

    private static @Nullable BigDecimal share(RequestObject request) {
        var share = request.decimal("stopWhenFailedShare", BigDecimal.ZERO, BigDecimal.ONE);
        if (share != null && share.stripTrailingZeros().scale() > MAX_SHARE_SCALE) {
            request.fault("stopWhenFailedShare", Code.TOO_MANY_DIGITS, "has more than 4 fraction digits");
        }
        return share;
    }
}
