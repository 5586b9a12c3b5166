package io.wager.api.security.key;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The file of keys. JSON, since it is written by a command and has to be read strictly: a misspelt {@code networks} must not open a
 * key to the world, and YAML would turn {@code no} into false and lose its comments when it is rewritten.
 *
 * @param version of the form, 1
 * @param keys in the order of the file
 */
@JsonInclude(JsonInclude.Include.ALWAYS)
public record KeyFile(int version, List<KeyEntry> keys) {

    /** A file without keys. */
    public static final KeyFile EMPTY = new KeyFile(1, List.of());

    private static final int VERSION = 1;
    private static final int MAX_BYTES = 4 * 1024 * 1024;
    private static final JsonMapper JSON = JsonMapper.builder()
            .addModule(new JavaTimeModule())
            .enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
            .enable(SerializationFeature.INDENT_OUTPUT)
            .build();

    /** Refuses what is no file of keys. */
    public KeyFile(int version, @Nullable List<KeyEntry> keys) {
        if (version != VERSION) {
            throw new IllegalArgumentException("version must be " + VERSION + ", not " + version);
        }
        if (keys == null) {
            throw new IllegalArgumentException("keys is missing");
        }
        var ids = new HashSet<String>();
        for (var key : keys) {
            if (!ids.add(key.id())) {
                throw new IllegalArgumentException("key " + key.id() + " stands twice");
            }
        }
        this.version = version;
        this.keys = List.copyOf(keys);
    }

    /**
     * Reads the bytes of a file.
     *
     * @param file where it is
     * @return what is in it
     * @throws IOException if it can't be read, or is unreasonably large
     */
    public static byte[] bytes(Path file) throws IOException {
        try (var stream = Files.newInputStream(file)) {
            var bytes = stream.readNBytes(MAX_BYTES + 1);
            if (bytes.length > MAX_BYTES) {
                throw new IOException("it has more than " + MAX_BYTES + " bytes");
            }
            return bytes;
        }
    }

    /**
     * Reads a file's content.
     *
     * @param bytes the content
     * @return the keys
     * @throws IllegalArgumentException if it is no file of keys; the message says what is wrong, without the content
     */
    public static KeyFile parse(byte[] bytes) {
        try {
            return JSON.readValue(bytes, KeyFile.class);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(message(e), e);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * The file with one more key.
     *
     * @param entry the key
     * @return a changed copy
     */
    public KeyFile with(KeyEntry entry) {
        var more = new ArrayList<>(keys);
        more.add(entry);
        return new KeyFile(version, more);
    }

    /**
     * The file with a key in the place of the one of its id.
     *
     * @param entry the key
     * @return a changed copy
     */
    public KeyFile replacing(KeyEntry entry) {
        return new KeyFile(
                version,
                keys.stream()
                        .map(key -> key.id().equals(entry.id()) ? entry : key)
                        .toList());
    }

    /**
     * Writes the file so that a reader sees the old one or the new one, and never half of either. It keeps the permissions of a file
     * that is there; a new one is its owner's alone.
     *
     * @param file where to
     * @throws IOException if it can't be written; what was there is there still
     */
    public void write(Path file) throws IOException {
        // What a link leads to is replaced, not the link.
        var target = Files.exists(file) ? file.toRealPath() : file.toAbsolutePath();
        var draft = Files.createTempFile(target.getParent(), target.getFileName() + ".", ".draft");
        try {
            Files.write(draft, JSON.writeValueAsBytes(this));
            if (Files.exists(target) && isPosix(target)) {
                Files.setPosixFilePermissions(draft, Files.getPosixFilePermissions(target));
            } else if (isPosix(draft)) {
                Files.setPosixFilePermissions(draft, PosixFilePermissions.fromString("rw-------"));
            }
            try (var channel = FileChannel.open(draft, StandardOpenOption.WRITE)) {
                channel.force(true);
            }
            Files.move(draft, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } finally {
            Files.deleteIfExists(draft);
        }
    }

    private static boolean isPosix(Path file) {
        return file.getFileSystem().supportedFileAttributeViews().contains("posix");
    }

    /** Where it is wrong, and the rule that it breaks; Jackson's own words would show the source. */
    private static String message(JsonProcessingException e) {
        var place = e.getLocation() == null ? "" : " (line " + e.getLocation().getLineNr() + ")";
        for (Throwable cause = e; cause != null; cause = cause.getCause()) {
            if (cause instanceof IllegalArgumentException rule) {
                return rule.getMessage() + place;
            }
        }
        return (e instanceof JsonMappingException
                        ? "a property is unknown, missing, there twice or of the wrong type"
                        : "it is not JSON")
                + place;
    }
}
