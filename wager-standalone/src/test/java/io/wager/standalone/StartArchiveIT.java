package io.wager.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What {@code deploy/train} makes: an archive that is used where it fits, and costs nothing but time where it does not. */
class StartArchiveIT {

    private static final String JAVA =
            Path.of(System.getProperty("java.home"), "bin", "java").toString();
    private static final String SHARED_CLASS = "shared objects file";

    @TempDir
    private Path folder;

    private Path jar;
    private Path out;
    private String answer;

    @BeforeEach
    void extract() throws Exception {
        var extracted = folder.resolve("with blank");
        run(
                JAVA,
                "-Djarmode=tools",
                "-jar",
                "target/wager-standalone.jar",
                "extract",
                "--destination",
                extracted.toString());
        jar = extracted.resolve("wager-standalone.jar");
        out = extracted.resolve("start");
        answer = run(JAVA, "-jar", jar.toString(), "--version");
    }

    @Test
    void anArchiveIsUsed() throws Exception {
        train("--version");

        assertThat(start()).isEqualTo(answer);
        assertThat(run(JAVA, options(), "-Xlog:class+load", "-jar", jar.toString(), "--version"))
                .containsPattern("io\\.wager\\.cli\\.WagerCli source: " + SHARED_CLASS);
    }

    @Test
    void aMissingArchiveIsDoneWithout() throws Exception {
        train("--version");
        Files.delete(archive());

        assertThat(start()).isEqualTo(answer);
    }

    @Test
    void anArchiveThatEndsEarlyIsDoneWithout() throws Exception {
        train("--version");
        try (var file = new RandomAccessFile(archive().toFile(), "rw")) {
            file.setLength(file.length() / 2);
        }

        assertThat(start()).isEqualTo(answer);
    }

    @Test
    void aFileThatIsNoArchiveIsDoneWithout() throws Exception {
        train("--version");
        Files.write(archive(), new byte[100_000]);

        assertThat(start()).isEqualTo(answer);
    }

    @Test
    void anArchiveOfAnotherJarIsDoneWithout() throws Exception {
        train("--version");
        Files.setLastModifiedTime(jar, FileTime.from(Instant.parse("2026-01-01T00:00:00Z")));

        assertThat(start()).isEqualTo(answer);
        assertThat(run(JAVA, options(), "-Xlog:class+load", "-jar", jar.toString(), "--version"))
                .doesNotContainPattern("io\\.wager\\.cli\\.WagerCli source: " + SHARED_CLASS);
    }

    @Test
    void aTrainingRunThatFailsLeavesAStartWithoutArchive() throws Exception {
        assertThat(process(trainCommand("no-such-command")).exitValue()).isEqualTo(1);

        assertThat(archive()).doesNotExist();
        assertThat(start()).isEqualTo(answer);
    }

    @Test
    void theTrainingRunOfTheStandaloneStartsAllOfIt() throws Exception {
        train("train");

        assertThat(run(JAVA, options(), "-Xlog:class+load", "-jar", jar.toString(), "train"))
                .containsPattern("org\\.h2\\.mvstore\\.MVStore source: " + SHARED_CLASS)
                .containsPattern("org\\.springframework\\.\\S+ source: " + SHARED_CLASS);
    }

    private void train(String command) throws Exception {
        run(trainCommand(command));
    }

    private String[] trainCommand(String command) {
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
        return "@" + out + ".options";
    }

    private Path archive() throws IOException {
        var options = Files.readString(out.resolveSibling("start.options"));
        return out.resolveSibling(options.contains(".jsa") ? "start.jsa" : "start.aot");
    }

    private String run(String... command) throws Exception {
        assertThat(process(command).exitValue()).as(output()).isZero();
        return output();
    }

    private Process process(String... command) throws Exception {
        var process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("output").toFile())
                .start();
        assertThat(process.waitFor(180, TimeUnit.SECONDS)).as(output()).isTrue();
        return process;
    }

    private String output() throws IOException {
        return Files.readString(folder.resolve("output"), StandardCharsets.UTF_8);
    }
}
