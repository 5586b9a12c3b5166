package io.wager.api.security.key;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.wager.api.access.Role;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class KeyFileTest {

    private static final String HASH = "0".repeat(64);

    @TempDir
    private Path folder;

    @Test
    void everyPropertyIsKept() throws IOException {
        var entry = new KeyEntry(
                "k1",
                "Zoë & Söhne",
                HASH,
                Set.of(Role.OPS_READ, Role.WAGERS_READ),
                List.of("10.0.0.0/8"),
                Instant.parse("2026-11-21T12:00:00Z"),
                Instant.parse("2027-11-21T12:00:00Z"),
                Instant.parse("2026-12-21T12:00:00Z"));
        var file = folder.resolve("keys.json");

        KeyFile.EMPTY.with(entry).write(file);

        assertThat(KeyFile.parse(KeyFile.bytes(file)).keys()).containsExactly(entry);
    }

    @Test
    void aNewFileIsItsOwnersAndAnOldOneKeepsItsPermissions() throws IOException {
        var file = folder.resolve("keys.json");
        KeyFile.EMPTY.write(file);
        assertThat(permissions(file)).isEqualTo("rw-------");

        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r--r--"));
        KeyFile.EMPTY.write(file);

        assertThat(permissions(file)).isEqualTo("rw-r--r--");
        assertThat(folder.toFile().list()).containsExactly("keys.json");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            {"id":"k1","name":"a","hash":"H","roles":["ops:read"],"network":["10.0.0.0/8"]} | unknown
            {"id":"k1","name":"a","hash":"H","roles":["ops:reed"]}                          | there is no role ops:reed; the roles are wagers:write, wagers:read, ops:read, ops:write
            {"id":"k1","name":"a","hash":"H","roles":[]}                                    | key k1: roles must name at least one role
            {"id":"k1","name":"a","hash":"H"}                                               | key k1: roles must name at least one role
            {"id":"k1","name":" ","hash":"H","roles":["ops:read"]}                          | key k1: name must have
            {"id":"K_1","name":"a","hash":"H","roles":["ops:read"]}                         | id must be 1 to 32
            {"id":"k1","name":"a","hash":"x","roles":["ops:read"]}                          | key k1: hash must be 64
            {"id":"k1","name":"a","hash":"H","roles":["ops:read"],"networks":["10.0.0.0/40"]} | key k1: networks must be
            {"id":"k1","name":"a","hash":"H","roles":["ops:read"],"networks":["home"]}      | key k1: networks must be
            {"id":"k1","name":"a","hash":"H","roles":["ops:read"],"expiresAt":"soon"}       | wrong type
            {"id":"k1","id":"k2","name":"a","hash":"H","roles":["ops:read"]}                | there twice
            {"id":"k1","name":"a","hash":"H","roles":["ops:read"]},{"id":"k1","name":"a","hash":"H","roles":["ops:read"]} | key k1 stands twice
            """)
    void aFaultIsNamed(String keys, String told) {
        var text = "{\"version\":1,\"keys\":[" + keys.replace("\"H\"", "\"" + HASH + "\"") + "]}";

        assertThatThrownBy(() -> KeyFile.parse(text.getBytes(StandardCharsets.UTF_8)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(told);
    }

    private static String permissions(Path file) throws IOException {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(file));
    }
}
