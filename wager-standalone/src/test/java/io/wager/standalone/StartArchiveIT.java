package io.wager.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import io.wager.testkit.TrainedJar;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What {@code deploy/train} makes: an archive that is used where it fits, and costs nothing but time where it does not. */
class StartArchiveIT {

    private static final String JAVA =
            Path.of(System.getProperty("java.home"), "bin", "java").toString();
    private static final String SHARED_CLASS = "shared objects file";

    @TempDir
    private static Path shared;

    private static Path jar;
    private static Path trained;
    private static String answer;

    @TempDir
    private Path folder;

    private Path out;

    /** Extracts and trains once: every test spoils a copy of the archive, whose own path nothing depends on. */
    @BeforeAll
    static void extractAndTrain() throws Exception {
        var output = shared.resolve("output");
        var extracted = shared.resolve("with blank");
        run(
                output,
                JAVA,
                "-Djarmode=tools",
                "-jar",
                "target/wager-standalone.jar",
                "extract",
                "--destination",
                extracted.toString());
        jar = extracted.resolve("wager-standalone.jar");
        trained = extracted.resolve("start");
        answer = run(output, JAVA, "-jar", jar.toString(), "--version");
        run(output, trainCommand(trained, "--version"));
    }

    @BeforeEach
    void copyTheArchive() throws IOException {
        out = Files.createDirectory(folder.resolve("with blank")).resolve("start");
        var options = Files.readString(optionsOf(trained));
        Files.writeString(optionsOf(out), options.replace(trained.toString(), out.toString()));
        Files.copy(archiveOf(trained), archive());
    }

    @Test
    void anArchiveIsUsed() throws Exception {
        assertThat(start()).isEqualTo(answer);
        assertThat(run(JAVA, options(), "-Xlog:class+load", "-jar", jar.toString(), "--version"))
                .containsPattern("io\\.wager\\.cli\\.WagerCli source: " + SHARED_CLASS);
    }

    @Test
    void aMissingArchiveIsDoneWithout() throws Exception {
        Files.delete(archive());

        assertThat(start()).isEqualTo(answer);
    }

    @Test
    void anArchiveThatEndsEarlyIsDoneWithout() throws Exception {
        try (var file = new RandomAccessFile(archive().toFile(), "rw")) {
            file.setLength(file.length() / 2);
        }

        assertThat(start()).isEqualTo(answer);
    }

    @Test
    void aFileThatIsNoArchiveIsDoneWithout() throws Exception {
        Files.write(archive(), new byte[100_000]);

        assertThat(start()).isEqualTo(answer);
    }

    @Test
    void anArchiveOfAnotherJarIsDoneWithout() throws Exception {
        var built = Files.getLastModifiedTime(jar);
        Files.setLastModifiedTime(jar, FileTime.from(Instant.parse("2026-01-01T00:00:00Z")));
        try {
            assertThat(start()).isEqualTo(answer);
            assertThat(run(JAVA, options(), "-Xlog:class+load", "-jar", jar.toString(), "--version"))
                    .doesNotContainPattern("io\\.wager\\.cli\\.WagerCli source: " + SHARED_CLASS);
        } finally {
            Files.setLastModifiedTime(jar, built);
        }
    }

    @Test
    void aTrainingRunThatFailsLeavesAStartWithoutArchive() throws Exception {
        var untrained = Files.createDirectory(folder.resolve("untrained")).resolve("start");

        assertThat(process(output(), trainCommand(untrained, "no-such-command")).exitValue())
                .isEqualTo(1);

        assertThat(untrained.getParent()).isDirectoryNotContaining("glob:**.{aot,jsa}");
        assertThat(run(JAVA, "@" + optionsOf(untrained), "-jar", jar.toString(), "--version"))
                .isEqualTo(answer);
    }

    @Test
    void theTrainingRunOfTheStandaloneStartsAllOfIt() throws Exception {
        var whole = TrainedJar.launch(TrainedJar.ofStandalone(Path.of("target", "wager-standalone.jar")));

        assertThat(run(Stream.of(List.of(JAVA, "-Xlog:class+load"), whole, List.of("train"))
                        .flatMap(List::stream)
                        .toArray(String[]::new)))
                .containsPattern("org\\.h2\\.mvstore\\.MVStore source: " + SHARED_CLASS)
                .containsPattern("org\\.springframework\\.\\S+ source: " + SHARED_CLASS);
    }

    private static String[] trainCommand(Path out, String command) {
        return new String[] {
            Path.of("..", "deploy", "train").toString(),
            out.toString(),
            JAVA,
            "-Xmx512m",
            "-jar",
            jar.toString(),
            command
        };
    }

    private String start() throws Exception {
        return run(JAVA, options(), "-jar", jar.toString(), "--version");
    }

    private String options() {
        return "@" + optionsOf(out);
    }

    private Path archive() throws IOException {
        return archiveOf(out);
    }

    private static Path optionsOf(Path out) {
        return out.resolveSibling(out.getFileName() + ".options");
    }

    private static Path archiveOf(Path out) throws IOException {
        var kind = Files.readString(optionsOf(out)).contains(".jsa") ? ".jsa" : ".aot";
        return out.resolveSibling(out.getFileName() + kind);
    }

    private Path output() {
        return folder.resolve("output");
    }

    private String run(String... command) throws Exception {
        return run(output(), command);
    }

    private static String run(Path output, String... command) throws Exception {
        assertThat(process(output, command).exitValue())
                .as(Files.readString(output))
                .isZero();
        return Files.readString(output);
    }

    private static Process process(Path output, String... command) throws Exception {
        var process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        assertThat(process.waitFor(180, TimeUnit.SECONDS))
                .as(Files.readString(output))
                .isTrue();
        return process;
    }
}
