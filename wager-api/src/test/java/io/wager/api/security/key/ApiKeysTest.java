package io.wager.api.security.key;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.wager.api.access.Caller;
import io.wager.api.access.OwnLimits;
import io.wager.api.access.Role;
import io.wager.api.security.key.KeyVerdict.Reason;
import io.wager.api.support.HandSetClock;
import io.wager.api.support.TestApi;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ApiKeysTest {

    private static final SecretHash HASH = new SecretHash("a pepper of the tests, long enough");
    private static final String HOME = "10.1.2.3";

    private final HandSetClock clock = new HandSetClock();
    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private final ApiKey key = ApiKey.generate(new SecureRandom());

    @TempDir
    private Path folder;

    private Path file;

    @BeforeEach
    void writeOneKey() throws IOException {
        file = folder.resolve("keys.json");
        KeyFile.EMPTY.with(entry(key, List.of(), null)).write(file);
    }

    @Test
    void aKeyIsItsOwners() {
        assertThat(keys().verify(key.token(), HOME))
                .isEqualTo(new KeyVerdict.Valid(
                        new Caller("key:" + key.id(), "games", Set.of(Role.WAGERS_WRITE), OwnLimits.NONE)));
    }

    @Test
    void anotherSecretAnotherIdAndAnotherPepperAreUnknown() {
        var other = ApiKey.generate(new SecureRandom());
        var keys = keys();
        var peppered = new ApiKeys(
                file, Duration.ofSeconds(1), new SecretHash("x".repeat(32)), null, clock, new SimpleMeterRegistry());

        assertThat(reason(keys, new ApiKey(key.id(), other.secret()).token(), HOME))
                .isEqualTo(Reason.UNKNOWN);
        assertThat(reason(keys, other.token(), HOME)).isEqualTo(Reason.UNKNOWN);
        assertThat(reason(keys, "x", HOME)).isEqualTo(Reason.UNKNOWN);
        assertThat(reason(peppered, key.token(), HOME)).isEqualTo(Reason.UNKNOWN);
    }

    @Test
    void twoKeysOfAClientAreValidAtOnceAndOneIsRevokedWithoutTheOther() throws IOException {
        var keys = keys();
        var next = ApiKey.generate(new SecureRandom());
        var both = KeyFile.parse(KeyFile.bytes(file)).with(entry(next, List.of(), null));
        both.write(file);
        keys.refresh();
        for (var valid : List.of(key, next)) {
            assertThat(keys.verify(valid.token(), HOME)).isInstanceOf(KeyVerdict.Valid.class);
        }

        both.replacing(both.keys().getFirst().revoked(TestApi.NOW)).write(file);
        keys.refresh();

        assertThat(reason(keys, key.token(), HOME)).isEqualTo(Reason.REVOKED);
        assertThat(keys.verify(next.token(), HOME)).isInstanceOf(KeyVerdict.Valid.class);
    }

    @Test
    void keysOfTheNewPepperAndOfTheOneBeforeAreValidAtOnce() throws IOException {
        var newHash = new SecretHash("the next pepper of the tests, long enough");
        var next = ApiKey.generate(new SecureRandom());
        KeyFile.parse(KeyFile.bytes(file))
                .with(new KeyEntry(
                        next.id(),
                        "games",
                        HexFormat.of().formatHex(newHash.of(next.secret())),
                        Set.of(Role.WAGERS_WRITE),
                        List.of(),
                        null,
                        null,
                        null))
                .write(file);

        var keys = new ApiKeys(file, Duration.ofSeconds(1), newHash, HASH, clock, registry);

        assertThat(keys.verify(key.token(), HOME)).isInstanceOf(KeyVerdict.Valid.class);
        assertThat(keys.verify(next.token(), HOME)).isInstanceOf(KeyVerdict.Valid.class);
        assertThat(reason(keys, new ApiKey(key.id(), next.secret()).token(), HOME))
                .isEqualTo(Reason.UNKNOWN);
    }

    @Test
    void aKeyExpiresToTheInstant() throws IOException {
        KeyFile.EMPTY.with(entry(key, List.of(), TestApi.NOW.plusSeconds(60))).write(file);
        var keys = keys();

        clock.pass(Duration.ofSeconds(60).minusNanos(1));
        assertThat(keys.verify(key.token(), HOME)).isInstanceOf(KeyVerdict.Valid.class);
        clock.pass(Duration.ofNanos(1));
        assertThat(reason(keys, key.token(), HOME)).isEqualTo(Reason.EXPIRED);
    }

    @ParameterizedTest
    @CsvSource({
        "10.1.0.0/16,10.1.255.255,true",
        "10.1.0.0/16,10.2.0.0,false",
        "10.1.2.3,10.1.2.3,true",
        "10.1.2.3,10.1.2.4,false",
        "2001:db8::/32,2001:db8:1:0:0:0:0:1,true",
        "2001:db8::/32,2001:db9:0:0:0:0:0:1,false",
        "10.0.0.0/8,0:0:0:0:0:0:0:1,false"
    })
    void aKeyMayBeBoundToNetworks(String network, String address, boolean isValid) throws IOException {
        KeyFile.EMPTY.with(entry(key, List.of("192.0.2.0/24", network), null)).write(file);

        var verdict = keys().verify(key.token(), address);

        assertThat(verdict instanceof KeyVerdict.Valid).isEqualTo(isValid);
        assertThat(verdict.equals(new KeyVerdict.Refused(Reason.NETWORK))).isEqualTo(!isValid);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "{", "[]", "{\"version\":1}", "{\"version\":2,\"keys\":[]}"})
    void aBrokenFileKeepsTheKeysThatWereReadLast(String broken) throws IOException {
        var keys = keys();
        Files.writeString(file, broken);

        keys.refresh();

        assertThat(keys.verify(key.token(), HOME)).isInstanceOf(KeyVerdict.Valid.class);
        assertThat(gauge("wager.security.keys.stale")).isEqualTo(1);
        assertThat(failedReloads()).isEqualTo(1);
    }

    @Test
    void aFileThatIsGoneKeepsTheKeysAndIsTakenWhenItIsBack() throws IOException {
        var keys = keys();
        Files.delete(file);
        keys.refresh();
        assertThat(keys.verify(key.token(), HOME)).isInstanceOf(KeyVerdict.Valid.class);

        KeyFile.EMPTY.write(file);
        keys.refresh();

        assertThat(reason(keys, key.token(), HOME)).isEqualTo(Reason.UNKNOWN);
        assertThat(gauge("wager.security.keys.stale")).isZero();
        assertThat(gauge("wager.security.keys")).isZero();
    }

    @Test
    void aLinkThatIsSwappedAboveTheFileIsSeen() throws IOException {
        // As Kubernetes mounts: keys.json -> ..data/keys.json, ..data -> a folder of its own for each version.
        var one = Files.createDirectory(folder.resolve("..one"));
        var two = Files.createDirectory(folder.resolve("..two"));
        Files.move(file, one.resolve("keys.json"));
        KeyFile.EMPTY.write(two.resolve("keys.json"));
        Files.createSymbolicLink(folder.resolve("..data"), one);
        Files.createSymbolicLink(file, Path.of("..data", "keys.json"));
        var keys = keys();
        assertThat(keys.verify(key.token(), HOME)).isInstanceOf(KeyVerdict.Valid.class);

        Files.delete(folder.resolve("..data"));
        Files.createSymbolicLink(folder.resolve("..data"), two);
        keys.refresh();

        assertThat(reason(keys, key.token(), HOME)).isEqualTo(Reason.UNKNOWN);
    }

    @Test
    void withoutAFileThereIsNoStart() throws IOException {
        Files.delete(file);

        assertThatThrownBy(this::keys)
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("wager.security.keys.file");
    }

    private ApiKeys keys() {
        return new ApiKeys(file, Duration.ofSeconds(1), HASH, null, clock, registry);
    }

    private double gauge(String name) {
        return registry.get(name).gauge().value();
    }

    private double failedReloads() {
        return registry.get("wager.security.keys.reloads")
                .tag("outcome", "failed")
                .counter()
                .count();
    }

    private static @Nullable Reason reason(ApiKeys keys, String token, String address) {
        return keys.verify(token, address) instanceof KeyVerdict.Refused refused ? refused.reason() : null;
    }

    private static KeyEntry entry(ApiKey key, List<String> networks, @Nullable Instant expiresAt) {
        return new KeyEntry(
                key.id(),
                "games",
                HexFormat.of().formatHex(HASH.of(key.secret())),
                Set.of(Role.WAGERS_WRITE),
                networks,
                TestApi.NOW,
                expiresAt,
                null);
    }
}
