package io.wager.consumer.reconcile.accepted;

import static org.assertj.core.api.Assertions.assertThat;

import io.wager.consumer.reconcile.accepted.AcceptedLines.Line;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class AcceptedLinesTest {

    private static final String ID = "6581621c-2f86-422d-bf1e-9b92a6efb539";

    @Test
    void aLineBeyondTheLimitIsBrokenAndTheNextIsRead() throws IOException {
        var lines = lines("{\"wagerId\":\"" + ID + "\",\"x\":\"" + "a".repeat(100_000) + "\"}\n" + ID, 1_000);

        assertThat(lines)
                .containsExactly(new Line.Broken(1, "is longer than 1000 bytes"), new Line.Id(2, UUID.fromString(ID)));
    }

    @Test
    void blankLinesAreCountedButAreNothing() throws IOException {
        assertThat(lines("\r\n  \t\n" + ID + "\n\n\n", 1_000)).containsExactly(new Line.Id(3, UUID.fromString(ID)));
        assertThat(lines("", 1_000)).isEmpty();
    }

    @Test
    void bytesThatAreNoTextAreABrokenLine() throws IOException {
        var input = new ByteArrayInputStream(new byte[] {(byte) 0xC3, (byte) 0x28, '\n', '{', (byte) 0xFF, '}'});

        assertThat(all(new AcceptedLines(input, 1_000))).hasSize(2).allMatch(Line.Broken.class::isInstance);
    }

    @Test
    void theWagerIdOfTheObjectCountsAndNotOneWithinIt() throws IOException {
        var line = "{\"a\":[{\"wagerId\":\"x\"}],\"wAGERiD\":\"" + ID + "\",\"b\":{\"wagerId\":\"y\"}}";

        assertThat(lines(line, 1_000)).containsExactly(new Line.Id(1, UUID.fromString(ID)));
    }

    private static List<Line> lines(String text, int limit) throws IOException {
        var bytes = text.getBytes(StandardCharsets.UTF_8);
        var reader = new AcceptedLines(new ByteArrayInputStream(bytes), limit);
        var lines = all(reader);
        assertThat(reader.bytes()).isEqualTo(bytes.length);
        return lines;
    }

    private static List<Line> all(AcceptedLines reader) throws IOException {
        var lines = new ArrayList<Line>();
        for (var line = reader.next(); line != null; line = reader.next()) {
            lines.add(line);
        }
        return lines;
    }
}
