package io.wager.standalone.queue;

import io.wager.core.messaging.PublishFailedException;
import io.wager.core.messaging.PublishFailedException.Reason;
import io.wager.service.database.FailureFacts;
import io.wager.service.database.UnquotedFailure;
import io.wager.standalone.liveness.Liveness;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The one thread that writes. Takes what has been asked for meanwhile, commits it as one transaction, and only then tells
 * those who asked. A group that the database refuses is tried again command by command, so that one bad row fails alone.
 */
final class QueueWriter implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(QueueWriter.class);

    private static final Duration IDLE = Duration.ofMillis(500);
    /** Names it for {@link Liveness}. */
    private static final String PART = "the queue's database";

    private final QueueDatabase database;
    private final Collection<QueueState> queues;
    private final Liveness liveness;
    private final long reopenTimeoutNanos;
    private final int groupRows;
    private final long groupBytes;
    private final long groupWaitNanos;
    private final long compactAboveBytes;
    private final BlockingQueue<QueueCommand> commands = new LinkedBlockingQueue<>();
    private final Thread thread;
    private volatile boolean closing;
    private volatile boolean working = true;
    private boolean isBroken;
    private long brokenSince;

    QueueWriter(
            QueueDatabase database,
            Collection<QueueState> queues,
            EmbeddedQueueProperties properties,
            Liveness liveness) {
        this.database = database;
        this.queues = queues;
        this.liveness = liveness;
        reopenTimeoutNanos = properties.reopenTimeout().toNanos();
        groupRows = properties.groupRows();
        groupBytes = properties.groupSize().toBytes();
        groupWaitNanos = properties.groupWait().toNanos();
        compactAboveBytes = properties.compactAbove().toBytes();
        thread = Thread.ofPlatform().name("wager-queue-writer").start(this::run);
    }

    void submit(QueueCommand command) {
        commands.add(command);
        if (closing && commands.remove(command)) {
            command.done().completeExceptionally(closed());
        }
    }

    /** Whether the last commit succeeded. */
    boolean isWorking() {
        return working && !closing;
    }

    /** Whether its thread lives. */
    boolean isAlive() {
        return thread.isAlive();
    }

    private void run() {
        while (!closing || !commands.isEmpty()) {
            try {
                work();
            } catch (InterruptedException e) {
                // Nobody but close() interrupts, and the loop asks for that.
                LOG.debug("The writer was woken", e);
            } catch (Throwable e) {
                // The thread goes on, whatever it was: without it nothing is accepted or settled.
                working = false;
                liveness.endIfFatal(e);
                LOG.error("The writer of the embedded queue failed", e);
            }
        }
        for (var late = commands.poll(); late != null; late = commands.poll()) {
            late.done().completeExceptionally(closed());
        }
    }

    private void work() throws InterruptedException {
        var first = commands.poll(IDLE.toNanos(), TimeUnit.NANOSECONDS);
        if (first == null) {
            recoverAndCompact();
            return;
        }
        var group = group(first);
        try {
            writeGroup(group);
        } catch (Throwable e) {
            // Whoever asked must not wait for ever.
            group.forEach(command -> command.done().completeExceptionally(uncommitted(e)));
            throw e;
        }
    }

    private List<QueueCommand> group(QueueCommand first) throws InterruptedException {
        List<QueueCommand> group = new ArrayList<>();
        group.add(first);
        var bytes = first.bytes();
        var deadline = System.nanoTime() + groupWaitNanos;
        while (group.size() < groupRows && bytes < groupBytes && !closing) {
            var next = commands.poll(deadline - System.nanoTime(), TimeUnit.NANOSECONDS);
            if (next == null) {
                break;
            }
            group.add(next);
            bytes += next.bytes();
        }
        return group;
    }

    private void writeGroup(List<QueueCommand> group) {
        if (!isOpen()) {
            group.forEach(command -> command.done()
                    .completeExceptionally(
                            new PublishFailedException(Reason.UNREACHABLE, "the embedded queue is not open")));
            return;
        }
        try {
            write(group);
        } catch (SQLException | RuntimeException together) {
            database.rollback();
            if (group.size() == 1) {
                fail(group.getFirst(), together);
                return;
            }
            LOG.warn(
                    "The embedded queue could not commit {} commands together: {}",
                    group.size(),
                    FailureFacts.of(together));
            group.forEach(this::writeAlone);
        }
    }

    private void writeAlone(QueueCommand command) {
        try {
            write(List.of(command));
        } catch (SQLException | RuntimeException alone) {
            database.rollback();
            fail(command, alone);
        }
    }

    /** Opens the file again if H2 has closed it. Where that fails for too long the process ends. */
    private boolean isOpen() {
        try {
            if (database.isClosed()) {
                broken(new SQLException("H2 has closed the database"));
                database.reopen();
            }
            if (isBroken) {
                isBroken = false;
                liveness.mended(PART);
            }
            return true;
        } catch (SQLException | RuntimeException e) {
            broken(e);
            return false;
        }
    }

    private void broken(Exception cause) {
        working = false;
        var now = System.nanoTime();
        if (!isBroken) {
            isBroken = true;
            brokenSince = now;
            liveness.broken(PART, cause);
        }
        LOG.warn("The embedded queue is not open", cause);
        if (now - brokenSince > reopenTimeoutNanos) {
            liveness.end(
                    Liveness.DATABASE_LOST,
                    PART + " is closed and does not open again (" + cause.getMessage() + ").",
                    cause);
        }
    }

    private void write(List<QueueCommand> group) throws SQLException {
        Map<QueueState, List<StoredMessage>> added = new LinkedHashMap<>();
        List<QueueCommand> written = new ArrayList<>(group.size());
        var now = System.nanoTime();
        for (var command : group) {
            switch (command) {
                case QueueCommand.Publish publish -> {
                    if (publish.deadlineNanos() - now > 0) {
                        place(publish, added);
                        written.add(publish);
                    }
                }
                case QueueCommand.Settle settle -> {
                    settle.deadLetters().forEach(letter -> place(letter, added));
                    var ids = settle.handled().stream().map(StoredMessage::id).toList();
                    database.delete(settle.queue().name(), ids);
                    if (settle.wasRecorded()) {
                        database.forgetHandOut(settle.queue().name(), ids);
                    }
                    written.add(settle);
                }
                case QueueCommand.HandOut handOut -> {
                    database.recordHandOut(handOut.queue().name(), handOut.batch());
                    written.add(handOut);
                }
            }
        }
        for (var entry : added.entrySet()) {
            database.insert(entry.getKey().name(), entry.getValue());
        }
        database.commit();
        working = true;
        added.forEach((queue, messages) -> queue.added(messages.size(), bytes(messages)));
        for (var command : written) {
            if (command instanceof QueueCommand.Settle settle) {
                settle.queue().removed(settle.handled().size(), bytes(settle.handled()));
            }
            command.done().complete(null);
        }
    }

    private static void place(QueueCommand.Publish publish, Map<QueueState, List<StoredMessage>> added) {
        for (var queue : publish.queues()) {
            added.computeIfAbsent(queue, any -> new ArrayList<>())
                    .add(new StoredMessage(queue.nextId(), publish.origin(), publish.message()));
        }
    }

    private static long bytes(List<StoredMessage> messages) {
        return messages.stream().mapToLong(StoredMessage::bytes).sum();
    }

    private void fail(QueueCommand command, Exception cause) {
        working = false;
        LOG.warn("The embedded queue could not commit", UnquotedFailure.of(cause));
        command.done().completeExceptionally(uncommitted(cause));
    }

    private static PublishFailedException uncommitted(Throwable cause) {
        return new PublishFailedException(Reason.REFUSED, "the embedded queue could not commit: " + cause.getMessage());
    }

    /** When there is nothing to do. With all queues empty nothing is handed out either, so that nobody misses the file. */
    private void recoverAndCompact() {
        if (!isOpen()) {
            return;
        }
        working = true;
        try {
            if (database.fileBytes() > compactAboveBytes && queues.stream().allMatch(queue -> queue.depth() == 0)) {
                database.compact();
            }
        } catch (SQLException | RuntimeException e) {
            working = false;
            LOG.warn("The embedded queue could not be compacted", e);
        }
    }

    private static PublishFailedException closed() {
        return new PublishFailedException(Reason.UNREACHABLE, "the embedded queue is closed");
    }

    /** Writes what was asked for, then ends. */
    @Override
    public void close() {
        closing = true;
        // A null command would do as well; an interrupt could close the file's channel under H2.
        submitWakeUp();
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void submitWakeUp() {
        var queue = queues.iterator().next();
        commands.add(new QueueCommand.Settle(queue, List.of(), List.of(), false, new CompletableFuture<>()));
    }
}
