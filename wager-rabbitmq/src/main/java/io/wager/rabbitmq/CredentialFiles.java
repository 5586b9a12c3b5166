package io.wager.rabbitmq;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Reads an account from its files, and keeps what it read last while they are gone or empty, as while they are replaced. For one thread. */
final class CredentialFiles {

    private static final Logger LOG = LoggerFactory.getLogger(CredentialFiles.class);

    private final Path passwordFile;
    private final @Nullable Path usernameFile;
    private final String username;
    private BrokerCredentials last;
    private boolean isBroken;

    /**
     * Reads for the first time.
     *
     * @param passwordFile has the password
     * @param usernameFile has the name; null if it does not change
     * @param username the name if it does not change
     * @throws IllegalArgumentException if a file can't be read, or has nothing in it
     */
    CredentialFiles(Path passwordFile, @Nullable Path usernameFile, String username) {
        this.passwordFile = passwordFile;
        this.usernameFile = usernameFile;
        this.username = username;
        try {
            last = readNow();
        } catch (IOException unreadable) {
            throw new IllegalArgumentException(
                    "wager.messaging.credentials: " + unreadable.getMessage() + " can't be used", unreadable);
        }
    }

    /** What is in the files now, or was when they could last be read. */
    BrokerCredentials read() {
        try {
            last = readNow();
            isBroken = false;
        } catch (IOException | UncheckedIOException unreadable) {
            if (!isBroken) {
                isBroken = true;
                LOG.warn(
                        "the broker's credentials can't be read, those that were read last stay: {}",
                        unreadable.toString());
            }
        }
        return last;
    }

    private BrokerCredentials readNow() throws IOException {
        return new BrokerCredentials(usernameFile == null ? username : line(usernameFile), line(passwordFile));
    }

    /** The text without the end of line that editors add. */
    private static String line(Path file) throws IOException {
        var text = Files.readString(file).replaceFirst("\\R\\z", "");
        if (text.isEmpty()) {
            throw new IOException(file + " is empty");
        }
        return text;
    }
}
