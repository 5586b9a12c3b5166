package io.wager.standalone.queue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.wager.core.messaging.BatchSettings;
import io.wager.core.messaging.Topology;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is handed out, on a file with a few rows. */
class QueueStateTest {

    private static final int ALONE = 4;
    private static final int UNLIMITED = Integer.MAX_VALUE;

    @TempDir
    private Path folder;

    private QueueDatabase database;
    private QueueState queue;

    @BeforeEach
    void open() throws Exception {
        database = new QueueDatabase(folder.resolve("queue"), List.of(Topology.WAGER_QUEUE));
        queue = new QueueState(Topology.WAGER_QUEUE, database);
    }

    @AfterEach
    void close() throws Exception {
        database.close();
    }

    @Test
    void whatWasReadBeforeAFailingRowIsHandedOutAndTheRestStays() throws Exception {
        add(10, 10, 10, 10);
        queue.giveBack(take(3, UNLIMITED), UNLIMITED);
        breakRow(2);

        assertThat(ids(take(4, UNLIMITED))).containsExactly(1L);
        assertThatThrownBy(() -> take(4, UNLIMITED)).isInstanceOf(RuntimeException.class);

        mendRow(2);
        assertThat(ids(take(4, UNLIMITED))).containsExactly(2L, 3L, 4L);
    }

    @Test
    void newRowsBeforeAFailingOneAreHandedOut() throws Exception {
        add(10, 10, 10);
        breakRow(2);

        assertThat(ids(take(3, UNLIMITED))).containsExactly(1L);

        mendRow(2);
        assertThat(ids(take(3, UNLIMITED))).containsExactly(2L, 3L);
    }

    @Test
    void aBatchHasNoMoreBytesThanItMayAndOneMessageHoweverLarge() throws Exception {
        add(10, 10, 500, 10, 10);

        assertThat(ids(take(10, 25))).containsExactly(1L, 2L);
        assertThat(ids(take(10, 25))).containsExactly(3L);
        assertThat(ids(take(10, 25))).containsExactly(4L, 5L);
    }

    @Test
    void whatCameBackIsBoundedByBytesToo() throws Exception {
        add(10, 10, 10, 10);
        queue.giveBack(take(3, UNLIMITED), UNLIMITED);

        assertThat(ids(take(10, 25))).containsExactly(1L, 2L);
        assertThat(ids(take(10, 25))).containsExactly(3L, 4L);
    }

    @Test
    void aBatchThatFailedComesBackInHalvesAndNothingNewJoinsThem() throws Exception {
        add(10, 10, 10, 10, 10);

        queue.giveBack(take(4, UNLIMITED), 2);

        assertThat(ids(take(4, UNLIMITED))).containsExactly(1L, 2L);
        assertThat(ids(take(4, UNLIMITED))).containsExactly(3L, 4L);
        assertThat(ids(take(4, UNLIMITED))).containsExactly(5L);
    }

    @Test
    void whatFailsAloneTakesTurnsWithWhatIsNew() throws Exception {
        add(10, 10, 10);
        queue.giveBack(take(1, UNLIMITED), 1);
        var first = take(1, UNLIMITED);
        queue.giveBack(first, 1);

        var next = take(1, UNLIMITED);

        assertThat(List.of(ids(first).getFirst(), ids(next).getFirst())).containsExactlyInAnyOrder(1L, 2L);
    }

    private List<QueueState.Taken> take(int size, long bytes) throws SQLException, InterruptedException {
        return queue.take(new BatchSettings(size, bytes, Duration.ZERO, 1), ALONE, () -> false);
    }

    private static List<Long> ids(List<QueueState.Taken> batch) {
        return batch.stream().map(taken -> taken.stored().id()).toList();
    }

    private void add(int... lengths) throws SQLException {
        var messages = IntStream.of(lengths)
                .mapToObj(length -> new StoredMessage(queue.nextId(), Topology.WAGERS, Queues.message("id", length)))
                .toList();
        database.insert(queue.name(), messages);
        database.commit();
        queue.added(lengths.length, IntStream.of(lengths).sum());
    }

    private void breakRow(long id) throws SQLException {
        Queues.sql(
                folder.resolve("queue"),
                "UPDATE \"" + Topology.WAGER_QUEUE + "\" SET headers = 'nonsense' WHERE id = " + id);
    }

    private void mendRow(long id) throws SQLException {
        Queues.sql(
                folder.resolve("queue"), "UPDATE \"" + Topology.WAGER_QUEUE + "\" SET headers = '{}' WHERE id = " + id);
    }
}
