package io.wager.api.deadletter;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.OutputStream;
import org.springframework.stereotype.Component;

/** Writes dead letters in full, one a line, holding one piece of them at a time. */
@Component
final class DeadLetterExport {

    private static final int PIECE = 200;

    private final DeadLetterRepository letters;
    private final DeadLetterReader reader;
    private final ObjectMapper json;

    DeadLetterExport(DeadLetterRepository letters, DeadLetterReader reader, ObjectMapper json) {
        this.letters = letters;
        this.reader = reader;
        this.json = json;
    }

    void write(DeadLetterFilter filter, OutputStream out) throws IOException {
        var writer = json.writer().without(JsonGenerator.Feature.AUTO_CLOSE_TARGET);
        var sequence = Long.MIN_VALUE;
        for (var piece = letters.afterSequence(filter, sequence, PIECE);
                !piece.isEmpty();
                piece = letters.afterSequence(filter, sequence, PIECE)) {
            for (var row : piece) {
                var detail = reader.detail(row.item());
                if (detail.isPresent()) {
                    writer.writeValue(out, detail.get());
                    out.write('\n');
                }
            }
            sequence = piece.getLast().sequence();
        }
    }
}
