package io.wager.standalone.key;

import io.wager.api.security.key.KeyFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import picocli.CommandLine.Option;

/** Which file the keys are in. */
final class KeyFileOption {

    @Option(
            names = "--file",
            paramLabel = "FILE",
            defaultValue = "data/keys.json",
            description = "The file of keys (default: ${DEFAULT-VALUE}).")
    private Path file = Path.of("");

    Path path() {
        return file.toAbsolutePath().normalize();
    }

    /** What is in the file. */
    KeyFile read() throws IOException {
        try {
            return KeyFile.parse(KeyFile.bytes(path()));
        } catch (NoSuchFileException e) {
            throw new IOException("there is no file " + path(), e);
        } catch (IllegalArgumentException e) {
            throw new IOException(path() + " can't be used: " + e.getMessage(), e);
        }
    }

    /** What is in the file, or no keys if there is none. */
    KeyFile readIfThere() throws IOException {
        return Files.exists(path()) ? read() : KeyFile.EMPTY;
    }
}
