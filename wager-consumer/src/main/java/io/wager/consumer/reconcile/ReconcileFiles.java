package io.wager.consumer.reconcile;

import java.io.BufferedWriter;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStreamWriter;
import java.io.PrintStream;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/** What a run reads and writes, all of it opened before it begins: hours of reading must not end at a folder that is missing. */
final class ReconcileFiles implements Closeable {

    private static final String STANDARD = "-";

    private final Deque<Closeable> opened = new ArrayDeque<>();
    private @Nullable InputStream accepted;
    private long acceptedBytes = -1;
    private @Nullable Writer fates;
    private @Nullable Writer report;

    private ReconcileFiles() {}

    /**
     * Opens them; closing leaves standard input and output open.
     *
     * @throws WrongUsage if one can't be opened
     */
    static ReconcileFiles open(ReconcileOptions options, InputStream in, PrintStream out) throws WrongUsage {
        var files = new ReconcileFiles();
        try {
            if (options.accepted() != null) {
                files.openAccepted(options.accepted(), in);
            }
            files.fates = options.fates() == null ? null : files.create(options.fates());
            if (options.report() != null) {
                files.report = isStandard(options.report())
                        ? new OutputStreamWriter(out, StandardCharsets.UTF_8)
                        : files.create(options.report());
            }
            return files;
        } catch (IOException e) {
            files.closeQuietly(e);
            throw new WrongUsage("can't open " + e.getMessage());
        }
    }

    static boolean isStandard(@Nullable String name) {
        return STANDARD.equals(name);
    }

    @Nullable
    InputStream accepted() {
        return accepted;
    }

    long acceptedBytes() {
        return acceptedBytes;
    }

    @Nullable
    Writer fates() {
        return fates;
    }

    @Nullable
    Writer report() {
        return report;
    }

    @Override
    public void close() throws IOException {
        while (!opened.isEmpty()) {
            opened.pop().close();
        }
    }

    private void openAccepted(String name, InputStream in) throws IOException {
        if (isStandard(name)) {
            accepted = in;
            return;
        }
        var path = Path.of(name);
        if (Files.isDirectory(path)) {
            throw new IOException(name + ": is a directory");
        }
        accepted = remember(Files.newInputStream(path));
        acceptedBytes = Files.size(path);
    }

    private BufferedWriter create(String name) throws IOException {
        return remember(Files.newBufferedWriter(Path.of(name)));
    }

    private <T extends Closeable> T remember(T file) {
        opened.push(file);
        return file;
    }

    private void closeQuietly(IOException cause) {
        try {
            close();
        } catch (IOException e) {
            cause.addSuppressed(e);
        }
    }
}
