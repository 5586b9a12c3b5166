package io.wager.standalone.key;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KeyFileLockTest {

    @TempDir
    private Path folder;

    @Test
    void whoMayNotHaveItInTimeIsToldSoAndChangesNothing() throws IOException {
        var file = folder.resolve("keys.json");
        try (var channel = FileChannel.open(
                        folder.resolve("keys.json.lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                var held = channel.lock()) {
            assertThat(held.isValid()).isTrue();

            assertThatThrownBy(() -> KeyFileLock.held(file, Duration.ofMillis(30), () -> Files.createFile(file)))
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("keys.json.lock");
        }

        assertThat(file).doesNotExist();
        KeyFileLock.held(file, Duration.ofMillis(30), () -> Files.createFile(file));
        assertThat(file).exists();
    }

    @Test
    void itIsFreeAgainAfterAFailure() {
        var file = folder.resolve("keys.json");

        assertThatThrownBy(() -> KeyFileLock.held(file, Duration.ofMillis(30), () -> {
                    throw new IOException("the disk is full");
                }))
                .hasMessage("the disk is full");

        assertThat(file).doesNotExist();
        assertThatThrownBy(() -> KeyFileLock.held(file, Duration.ofMillis(30), () -> {
                    throw new IOException("it is full still");
                }))
                .hasMessage("it is full still");
    }

    @Test
    void anotherNameOfTheFileIsTheSameLock() throws IOException {
        var file = Files.createFile(folder.resolve("keys.json"));
        var link = Files.createSymbolicLink(folder.resolve("link.json"), file);

        assertThat(KeyFileLock.held(
                        file,
                        Duration.ofMillis(30),
                        () -> assertThatThrownBy(() -> KeyFileLock.held(link, Duration.ofMillis(30), () -> "in"))))
                .isNotNull();
    }
}
