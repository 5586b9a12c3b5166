package io.wager.standalone.key;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.HexFormat;

/** The pepper of a key file where no environment variable has it: in a file of its owner's beside the keys. */
final class Pepper {

    private static final String SUFFIX = ".pepper";
    private static final int BYTES = 32;

    private Pepper() {}

    /** The pepper that belongs to a key file, made if there is none. */
    static String of(Path keyFile) throws IOException {
        var file = file(keyFile);
        if (!Files.exists(file)) {
            make(file);
        }
        return Files.readString(file, StandardCharsets.UTF_8).strip();
    }

    static Path file(Path keyFile) {
        return keyFile.resolveSibling(keyFile.getFileName() + SUFFIX);
    }

    private static void make(Path file) throws IOException {
        var bytes = new byte[BYTES];
        new SecureRandom().nextBytes(bytes);
        var isPosix = file.getFileSystem().supportedFileAttributeViews().contains("posix");
        if (isPosix) {
            // Before anything is in it.
            Files.createFile(file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        } else {
            Files.createFile(file);
        }
        Files.writeString(file, HexFormat.of().formatHex(bytes) + "\n", StandardOpenOption.WRITE);
    }
}
