package io.wager.cli.demo;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** What was not as it must be: a number, and a few in words. */
final class Findings {

    private static final int MAX_SHOWN = 10;

    private final List<String> shown = new ArrayList<>();
    private int count;

    void add(String finding) {
        count++;
        if (shown.size() < MAX_SHOWN) {
            shown.add(finding);
        }
    }

    void expect(String what, Object expected, Object found) {
        if (!expected.equals(found)) {
            add(what + ": " + found + " instead of " + expected);
        }
    }

    boolean isEmpty() {
        return count == 0;
    }

    String inWords() {
        return String.join("\n  ", shown)
                + (count > shown.size() ? String.format(Locale.ROOT, "%n  and %,d more", count - shown.size()) : "");
    }
}
