package io.wager.standalone.key;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.wager.api.access.OwnLimits;
import io.wager.api.access.Quota;
import io.wager.api.access.Role;
import io.wager.api.security.key.ApiKeys;
import io.wager.api.security.key.KeyFile;
import io.wager.api.security.key.KeyVerdict;
import io.wager.api.security.key.SecretHash;
import io.wager.cli.WagerCli;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.time.Duration;
import java.util.Collections;
import java.util.EnumSet;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class KeyCommandTest {

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @TempDir
    private Path folder;

    private Path file;

    @BeforeEach
    void nameTheFile() {
        file = folder.resolve("new").resolve("keys.json");
    }

    @Test
    void aNewKeyIsShownAloneOnStandardOutputAndLetsIn() throws IOException {
        var code = run("new", "--name", "games", "--role", "wagers:write,ops:read", "--network", "10.0.0.0/8");

        assertThat(code).as(err.toString()).isZero();
        var token = out.toString().strip();
        assertThat(token).startsWith("wgr_").doesNotContain(" ", "\n");
        assertThat(Files.readString(file)).doesNotContain(token.split("_", -1)[2]);
        assertThat(err.toString()).doesNotContain(token.split("_", -1)[2]).contains("games", "shown this once");
        assertThat(verify(token, "10.1.1.1")).isInstanceOfSatisfying(KeyVerdict.Valid.class, valid -> {
            assertThat(valid.caller().name()).isEqualTo("games");
            assertThat(valid.caller().roles()).isEqualTo(EnumSet.of(Role.WAGERS_WRITE, Role.OPS_READ));
        });
        assertThat(verify(token, "11.1.1.1")).isEqualTo(new KeyVerdict.Refused(KeyVerdict.Reason.NETWORK));
    }

    @Test
    void aKeyHasLimitsOfItsOwnAndTheListShowsThem() throws IOException {
        run("new", "--name", "plain", "--role", "wagers:write");
        run("new", "--name", "small", "--role", "wagers:write", "--wagers-per-second", "500");
        run("new", "--name", "slow", "--role", "wagers:read", "--requests-per-second", "0.5", "--requests-burst", "9");
        out.getBuffer().setLength(0);

        assertThat(run("list")).isZero();

        var keys = KeyFile.parse(KeyFile.bytes(file)).keys();
        assertThat(keys.get(0).limits()).isEqualTo(OwnLimits.NONE);
        assertThat(keys.get(1).limits()).isEqualTo(new OwnLimits(new Quota(500, 1_000), null));
        assertThat(keys.get(2).limits()).isEqualTo(new OwnLimits(null, new Quota(0.5, 9)));
        assertThat(out.toString().lines())
                .satisfiesExactly(
                        plain -> assertThat(plain).endsWith("wagers:write"),
                        small -> assertThat(small).endsWith("500 wagers/s, at once 1000"),
                        slow -> assertThat(slow).endsWith("0.5 requests/s, at once 9"));
    }

    @Test
    void limitsThatCannotBeAreSaid() throws IOException {
        assertThat(run("new", "--name", "a", "--role", "wagers:write", "--wagers-burst", "5"))
                .isEqualTo(64);
        assertThat(err.toString()).contains("--wagers-burst needs --wagers-per-second");
        assertThat(run("new", "--name", "a", "--role", "wagers:write", "--requests-per-second", "0"))
                .isEqualTo(64);
        assertThat(err.toString()).contains("--requests-per-second").contains("above 0");
        assertThat(file).doesNotExist();
    }

    @Test
    void theFilesAreTheirOwners() throws IOException {
        run("new", "--name", "games", "--role", "wagers:write");

        for (var secret : new Path[] {file, Pepper.file(file)}) {
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(secret)))
                    .isEqualTo("rw-------");
        }
    }

    @Test
    void aKeyIsRotatedByANewOneAndARevocation() throws IOException {
        run("new", "--name", "games", "--role", "wagers:write");
        var first = out.toString().strip();
        out.getBuffer().setLength(0);
        run("new", "--name", "games", "--role", "wagers:write", "--expires-in", "90d");
        var second = out.toString().strip();

        assertThat(run("revoke", first.split("_", -1)[1])).isZero();
        var once = Files.readString(file);
        assertThat(run("revoke", first.split("_", -1)[1])).isZero();

        assertThat(Files.readString(file)).isEqualTo(once);
        assertThat(verify(first, "::1")).isEqualTo(new KeyVerdict.Refused(KeyVerdict.Reason.REVOKED));
        assertThat(verify(second, "::1")).isInstanceOf(KeyVerdict.Valid.class);
        out.getBuffer().setLength(0);
        assertThat(run("list")).isZero();
        assertThat(out.toString()).hasLineCount(2).contains("revoked", "valid", "until ", "wagers:write");
    }

    @Test
    void keysThatAreMadeAtOnceAreAllKept() throws Exception {
        var atOnce = 8;
        try (var pool = Executors.newFixedThreadPool(atOnce)) {
            Callable<Integer> command =
                    () -> run(new StringWriter(), new StringWriter(), "new", "--name", "a", "--role", "ops:read");
            var runs = pool.invokeAll(Collections.nCopies(atOnce, command));
            for (var run : runs) {
                assertThat(run.get()).isZero();
            }
        }

        assertThat(KeyFile.parse(KeyFile.bytes(file)).keys()).hasSize(atOnce);
    }

    @Test
    void whatCannotBeDoneIsSaid() throws IOException {
        assertThat(run("list")).isEqualTo(1);
        assertThat(run("revoke", "k1")).isEqualTo(1);
        KeyFile.EMPTY.write(Files.createDirectories(folder.resolve("new")).resolve("keys.json"));
        assertThat(run("revoke", "k1")).isEqualTo(1);
        Files.writeString(file, "{");
        assertThat(run("new", "--name", "a", "--role", "ops:read")).isEqualTo(1);

        assertThat(Files.readString(file)).isEqualTo("{");
        assertThat(err.toString())
                .contains("there is no file", "there is no key k1", "can't be used")
                .doesNotContain("should not happen");
    }

    @Test
    void aFolderGetsOneKeyForEverythingOnce() throws IOException {
        var first = FolderKeys.in(folder);
        var second = FolderKeys.in(folder);

        assertThat(first.newKey()).startsWith("wgr_");
        assertThat(second.newKey()).isNull();
        assertThat(second.properties()).isEqualTo(first.properties()).contains("--wager.security.mode=enforced");
    }

    private KeyVerdict verify(String token, String address) throws IOException {
        return new ApiKeys(
                        file,
                        Duration.ofSeconds(1),
                        new SecretHash(Pepper.of(file)),
                        null,
                        Clock.systemUTC(),
                        new SimpleMeterRegistry())
                .verify(token, address);
    }

    private int run(String... arguments) {
        return run(out, err, arguments);
    }

    private int run(StringWriter out, StringWriter err, String... arguments) {
        var root =
                new CommandLine(CommandLine.Model.CommandSpec.create().name("wager")).addSubcommand(KeyCommand.line());
        var all = new String[arguments.length + 3];
        all[0] = "key";
        System.arraycopy(arguments, 0, all, 1, arguments.length);
        all[arguments.length + 1] = "--file";
        all[arguments.length + 2] = file.toString();
        return WagerCli.run(
                WagerCli.setUp(root).setOut(new PrintWriter(out, true)).setErr(new PrintWriter(err, true)), all);
    }
}
