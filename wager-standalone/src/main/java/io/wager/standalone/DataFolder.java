package io.wager.standalone;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.jspecify.annotations.Nullable;

/**
 * The folder with the databases, held by one process at a time. The operating system lets go of it when the process ends,
 * however it ends.
 */
final class DataFolder implements AutoCloseable {

    private static final int EXIT_CODE = 73;

    private final FileChannel channel;

    private DataFolder(FileChannel channel) {
        this.channel = channel;
    }

    /** Makes the folder if it is not there, and takes it. */
    static DataFolder take(Path folder) throws StartFailed {
        FileChannel channel;
        try {
            Files.createDirectories(folder);
            channel = FileChannel.open(folder.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        } catch (IOException e) {
            throw new StartFailed(
                    EXIT_CODE, "can't use the data folder " + folder + " (" + e + "). Give another by --data.");
        }
        if (lock(channel) == null) {
            throw new StartFailed(
                    EXIT_CODE,
                    "another wager is running on the data folder " + folder + ". Stop it, or give another by --data.");
        }
        return new DataFolder(channel);
    }

    private static @Nullable FileLock lock(FileChannel channel) {
        try {
            return channel.tryLock();
        } catch (IOException | OverlappingFileLockException e) {
            return null;
        }
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
