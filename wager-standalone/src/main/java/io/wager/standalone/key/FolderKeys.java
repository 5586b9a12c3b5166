package io.wager.standalone.key;

import io.wager.api.access.OwnLimits;
import io.wager.api.access.Role;
import io.wager.api.security.key.KeyFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The keys in a data folder: what {@code ./wager start --secure} runs with.
 *
 * @param properties that turn access control on
 * @param newKey a key for everything, if there was no file of keys yet; null if there was
 */
public record FolderKeys(List<String> properties, @Nullable String newKey) {

    private static final String FILE = "keys.json";

    /** Copies the properties. */
    public FolderKeys {
        properties = List.copyOf(properties);
    }

    /**
     * Where the keys of a data folder are.
     *
     * @param data the folder
     * @return the file, which need not be there
     */
    public static Path file(Path data) {
        return data.resolve(FILE);
    }

    /**
     * Takes the keys of a folder, and makes one for everything if there is no file of keys.
     *
     * @param data the folder, which must be there
     * @return what to start with
     * @throws IOException if the files can't be read or written
     */
    public static FolderKeys in(Path data) throws IOException {
        var file = file(data);
        return KeyFileLock.held(file, () -> taken(file));
    }

    private static FolderKeys taken(Path file) throws IOException {
        var pepper = Pepper.of(file);
        String newKey = null;
        if (!Files.exists(file)) {
            var made = NewKey.make("owner", EnumSet.allOf(Role.class), List.of(), null, OwnLimits.NONE, pepper);
            KeyFile.EMPTY.with(made.entry()).write(file);
            newKey = made.token();
        }
        return new FolderKeys(
                List.of(
                        "--wager.security.mode=enforced",
                        "--wager.security.keys.file=" + file,
                        "--wager.security.keys.pepper=" + pepper),
                newKey);
    }
}
