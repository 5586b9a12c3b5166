package io.wager.api.support;

import com.nimbusds.jose.JOSEException;
import io.wager.api.access.OwnLimits;
import io.wager.api.access.Quota;
import io.wager.api.access.Role;
import io.wager.api.security.key.ApiKey;
import io.wager.api.security.key.KeyEntry;
import io.wager.api.security.key.KeyFile;
import io.wager.api.security.key.SecretHash;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.EnumMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.springframework.boot.test.web.server.LocalManagementPort;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

/** A test of the API with access control: a key for each role, and an identity provider. */
public abstract class SecuredApiTest extends ApiTest {

    /** The pepper of the key file. */
    protected static final String PEPPER = "a pepper of the tests, long enough";

    /** The identity provider. */
    protected static final FakeIdentityProvider PROVIDER = new FakeIdentityProvider();

    /** So many wagers {@link #slowKey} may send at once, and hardly any later. */
    protected static final int SLOW_BURST = 6;

    /** So often an address may fail to log in at once; more than tests do that don't look at it. */
    protected static final int FAILED_LOGINS = 200;

    private static final Map<Role, ApiKey> KEYS = new EnumMap<>(Role.class);
    private static final ApiKey SLOW = ApiKey.generate(new SecureRandom());
    private static final ApiKey SLOW_BATCHES = ApiKey.generate(new SecureRandom());
    private static final Path FILE = keyFile();

    @LocalManagementPort
    private int managementPort;

    @DynamicPropertySource
    static void enforce(DynamicPropertyRegistry registry) {
        // A port of its own, as the service has it.
        registry.add("management.server.port", () -> "0");
        registry.add("wager.security.mode", () -> "enforced");
        registry.add("wager.security.keys.file", FILE::toString);
        registry.add("wager.security.keys.pepper", () -> PEPPER);
        registry.add("wager.security.limits.failed-logins.burst", () -> FAILED_LOGINS);
        registry.add("wager.security.jwt.issuer", () -> FakeIdentityProvider.ISSUER);
        registry.add("wager.security.jwt.audience", () -> FakeIdentityProvider.AUDIENCE);
        registry.add("wager.security.jwt.jwks-uri", PROVIDER::jwksUri);
    }

    /** A key that has one role, and whose name is that of the role. */
    protected static ApiKey key(Role role) {
        return Objects.requireNonNull(KEYS.get(role));
    }

    /** A request to a path of the management port. */
    protected HttpRequest.Builder managementRequest(String path) {
        return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + managementPort + path));
    }

    /** The management port on loopback. */
    protected final int managementPort() {
        return managementPort;
    }

    /** A key that may send wagers, and not many. */
    protected static String slowKey() {
        return SLOW.token();
    }

    /** Another one, with a quota of its own. */
    protected static String slowBatchKey() {
        return SLOW_BATCHES.token();
    }

    /** A token for roles. */
    protected static String jwt(String subject, String scope) throws JOSEException {
        return PROVIDER.token(claims -> claims.subject(subject).claim("scope", scope));
    }

    private static Path keyFile() {
        try {
            var hash = new SecretHash(PEPPER);
            var file = KeyFile.EMPTY;
            for (var role : Role.values()) {
                var key = ApiKey.generate(new SecureRandom());
                KEYS.put(role, key);
                file = file.with(new KeyEntry(
                        key.id(),
                        "key of " + role.wireForm(),
                        HexFormat.of().formatHex(hash.of(key.secret())),
                        Set.of(role),
                        List.of(),
                        null,
                        null,
                        null));
            }
            for (var slow : List.of(SLOW, SLOW_BATCHES)) {
                file = file.with(new KeyEntry(
                        slow.id(),
                        "slow games",
                        HexFormat.of().formatHex(hash.of(slow.secret())),
                        Set.of(Role.WAGERS_WRITE),
                        List.of(),
                        null,
                        null,
                        null,
                        new OwnLimits(new Quota(0.001, SLOW_BURST), null)));
            }
            var folder = Files.createTempDirectory("wager-keys");
            var path = folder.resolve("keys.json");
            file.write(path);
            folder.toFile().deleteOnExit();
            path.toFile().deleteOnExit();
            return path;
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }
}
