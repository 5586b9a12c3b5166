package io.wager.api.deadletter;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.wager.api.limit.CostlyRead;
import io.wager.api.limit.CostlyReads;
import io.wager.api.problem.ProblemException;
import io.wager.api.problem.ProblemType;
import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import org.springframework.stereotype.Component;

/** Writes dead letters in full, one a line, holding one piece of them at a time. */
@Component
final class DeadLetterExport {

    private static final int PIECE = 200;
    /** How often a later piece waits for its turn. */
    private static final int PATIENCE = 30;

    private final DeadLetterRepository letters;
    private final DeadLetterReader reader;
    private final CostlyReads costly;
    private final ObjectMapper json;

    DeadLetterExport(DeadLetterRepository letters, DeadLetterReader reader, CostlyReads costly, ObjectMapper json) {
        this.letters = letters;
        this.reader = reader;
        this.costly = costly;
        this.json = json;
    }

    void write(DeadLetterFilter filter, OutputStream out) throws IOException {
        var writer = json.writer().without(JsonGenerator.Feature.AUTO_CLOSE_TARGET);
        var sequence = Long.MIN_VALUE;
        for (var piece = piece(filter, sequence); !piece.isEmpty(); piece = piece(filter, sequence)) {
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

    /**
     * Not all pieces in one: a client that reads slowly would keep others out. An export that has begun waits longer for its turn, or it
     * would be cut off whenever others are busy.
     */
    private List<DeadLetterRepository.DeadLetterRow> piece(DeadLetterFilter filter, long after) {
        var turns = after == Long.MIN_VALUE ? 1 : PATIENCE;
        while (true) {
            try {
                return costly.read(CostlyRead.OF_DEAD_LETTERS, () -> letters.afterSequence(filter, after, PIECE));
            } catch (ProblemException busy) {
                turns--;
                if (turns == 0 || busy.type() != ProblemType.READS_SATURATED) {
                    throw busy;
                }
            }
        }
    }
}
