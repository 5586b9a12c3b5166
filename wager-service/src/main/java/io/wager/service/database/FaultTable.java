package io.wager.service.database;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What the error codes of one database mean. Only read once the class that fills it is loaded, and then by any thread. */
final class FaultTable {

    private final Map<Integer, FaultKind> kinds = new HashMap<>();

    /**
     * Says what codes mean. Called while the table's class is loaded, and never after.
     *
     * @throws IllegalStateException if one of them has a meaning already
     */
    void add(FaultKind kind, int... codes) {
        Arrays.stream(codes).forEach(code -> {
            if (kinds.putIfAbsent(code, kind) != null) {
                throw new IllegalStateException("the code has two meanings: " + code);
            }
        });
    }

    /** What a code means, or null if it is not listed. */
    @Nullable
    FaultKind kindOf(int code) {
        return kinds.get(code);
    }
}
