package io.wager.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TrainedJarTest {

    /** Builds are reproducible, so that every build's jar has the same time. */
    private static final FileTime BUILT = FileTime.from(Instant.parse("2026-11-21T00:00:00Z"));

    @TempDir
    private Path folder;

    @Test
    void aJarThatWasBuiltAnewHasAFolderOfItsOwnThoughItsTimeAndSizeAreTheSame() throws Exception {
        var before = TrainedJar.folderFor(jar("one"));
        var same = TrainedJar.folderFor(jar("one"));
        var after = TrainedJar.folderFor(jar("two"));

        assertThat(same).isEqualTo(before);
        assertThat(after).isNotEqualTo(before).hasParentRaw(folder);
    }

    private Path jar(String content) throws Exception {
        var jar = Files.writeString(folder.resolve("service.jar"), content);
        return Files.setLastModifiedTime(jar, BUILT);
    }
}
