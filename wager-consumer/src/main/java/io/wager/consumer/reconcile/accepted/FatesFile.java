package io.wager.consumer.reconcile.accepted;

import io.wager.consumer.reconcile.accepted.AcceptedLines.Line;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import org.jspecify.annotations.Nullable;

/** Writes the fate of each wager, one JSON object a line: at once, or at the end for wagers that were missing at first. */
public final class FatesFile {

    private final Writer writer;

    /**
     * A file.
     *
     * @param writer buffered, in UTF-8; not closed here
     */
    public FatesFile(Writer writer) {
        this.writer = writer;
    }

    /** Only digits, hyphens and known words: there is nothing to escape. */
    void write(Line.Id id, Fate fate, @Nullable String letter) {
        try {
            writer.write("{\"line\":" + id.number() + ",\"wagerId\":\"" + id.wagerId() + "\",\"fate\":\""
                    + fate.wireForm() + "\"" + (letter == null ? "" : ",\"letter\":\"" + letter + "\"") + "}\n");
        } catch (IOException e) {
            throw new UncheckedIOException("the fates can't be written: " + e.getMessage(), e);
        }
    }
}
