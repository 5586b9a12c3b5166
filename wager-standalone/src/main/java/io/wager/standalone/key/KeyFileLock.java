package io.wager.standalone.key;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * Lets commands that read, change and write one file of keys take turns, in this process and in others. Two that did so at once would
 * keep the change of one of them only. The lock is on a file beside the keys, since the file of keys is replaced by every change. That
 * file stays: to delete it would let in two who hold different files of the same name. The system frees the lock of a process that ends.
 */
final class KeyFileLock {

    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final long PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(10);

    /** What is done meanwhile. */
    interface Work<T> {
        T run() throws IOException;
    }

    private KeyFileLock() {}

    /**
     * Does something while no other command changes the file.
     *
     * @param file the file of keys, whose folder is there; it need not be there itself
     * @throws IOException if another holds the lock for 10 s, or the lock or the work fails
     */
    static <T> T held(Path file, Work<T> work) throws IOException {
        return held(file, PATIENCE, work);
    }

    static <T> T held(Path file, Duration patience, Work<T> work) throws IOException {
        // As the file is written: what a link leads to.
        var target = Files.exists(file) ? file.toRealPath() : file.toAbsolutePath();
        var beside = target.resolveSibling(target.getFileName() + ".lock");
        try (var channel = FileChannel.open(beside, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                var lock = lock(channel, patience)) {
            if (lock == null) {
                throw new IOException("another command has been changing the keys for "
                        + TimeUnit.MILLISECONDS.toSeconds(patience.toMillis()) + " s: it holds " + beside);
            }
            return work.run();
        }
    }

    private static @Nullable FileLock lock(FileChannel channel, Duration patience) throws IOException {
        var start = System.nanoTime();
        var lock = attempt(channel);
        while (lock == null && System.nanoTime() - start < patience.toNanos()) {
            LockSupport.parkNanos(PAUSE_NANOS);
            lock = attempt(channel);
        }
        return lock;
    }

    private static @Nullable FileLock attempt(FileChannel channel) throws IOException {
        try {
            return channel.tryLock();
        } catch (OverlappingFileLockException heldByThisProcess) {
            return null;
        }
    }
}
