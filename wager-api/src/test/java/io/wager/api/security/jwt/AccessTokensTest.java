package io.wager.api.security.jwt;

import static io.wager.api.support.FakeIdentityProvider.AUDIENCE;
import static io.wager.api.support.FakeIdentityProvider.ISSUER;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.PlainJWT;
import com.nimbusds.jwt.SignedJWT;
import io.wager.api.access.Caller;
import io.wager.api.access.OwnLimits;
import io.wager.api.access.Role;
import io.wager.api.support.FakeIdentityProvider;
import io.wager.api.support.HandSetClock;
import io.wager.api.support.TestApi;
import java.net.URI;
import java.time.Duration;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.security.oauth2.jose.jws.SignatureAlgorithm;
import org.springframework.security.oauth2.jwt.BadJwtException;
import org.springframework.security.oauth2.jwt.JwtException;

class AccessTokensTest {

    private static FakeIdentityProvider provider;

    private final HandSetClock clock = new HandSetClock();

    @BeforeAll
    static void start() {
        provider = new FakeIdentityProvider();
    }

    @AfterAll
    static void stop() {
        provider.close();
    }

    static Stream<UnaryOperator<JWTClaimsSet.Builder>> wrongClaims() {
        return Stream.of(
                claims -> claims.issuer(ISSUER + "/"),
                claims -> claims.issuer(null),
                claims -> claims.audience("another"),
                claims -> claims.audience((String) null),
                claims -> claims.expirationTime(null),
                claims -> claims.issueTime(null).expirationTime(Date.from(TestApi.NOW.minusSeconds(31))),
                claims -> claims.notBeforeTime(Date.from(TestApi.NOW.plusSeconds(31))),
                claims -> claims.subject(null),
                claims -> claims.subject(" "),
                claims -> claims.subject("a\u0000b"),
                claims -> claims.subject("x".repeat(201)));
    }

    @Test
    void scopesAreRoles() throws JOSEException {
        var token = provider.token(claims -> claims.claim("scope", "openid wagers:read ops:write"));

        assertThat(tokens("scope", Map.of()).verify(token))
                .isEqualTo(new Caller("token:zoe", "zoe", Set.of(Role.WAGERS_READ, Role.OPS_WRITE), OwnLimits.NONE));
    }

    @Test
    void aListDeepInAClaimIsMapped() throws JOSEException {
        var token = provider.token(claims ->
                claims.claim("realm_access", Map.of("roles", List.of("casino-analysts", "ops:read", "other"))));

        assertThat(tokens("realm_access.roles", Map.of("casino-analysts", Set.of(Role.WAGERS_READ)))
                        .verify(token)
                        .roles())
                .containsExactlyInAnyOrder(Role.WAGERS_READ, Role.OPS_READ);
    }

    @Test
    void clocksMayDifferALittle() throws JOSEException {
        var tokens = tokens("scope", Map.of());

        assertThat(tokens.verify(provider.token(
                        claims -> claims.issueTime(null).expirationTime(Date.from(TestApi.NOW.minusSeconds(29))))))
                .isNotNull();
        assertThat(tokens.verify(
                        provider.token(claims -> claims.notBeforeTime(Date.from(TestApi.NOW.plusSeconds(29))))))
                .isNotNull();
    }

    @ParameterizedTest
    @MethodSource("wrongClaims")
    void aWrongClaimIsRefused(UnaryOperator<JWTClaimsSet.Builder> change) throws JOSEException {
        assertRefused(provider.token(change));
    }

    @Test
    void anotherSignatureIsRefused() throws JOSEException {
        var stranger = FakeIdentityProvider.rsaKey("one");
        var unsigned = new PlainJWT(FakeIdentityProvider.claims().build()).serialize();
        var byPublicKey = new SignedJWT(
                new JWSHeader.Builder(JWSAlgorithm.HS256).keyID("one").build(),
                FakeIdentityProvider.claims().build());
        byPublicKey.sign(new MACSigner(provider.key().toRSAPublicKey().getEncoded()));

        assertRefused(provider.token(provider.header().build(), stranger, claims -> claims));
        assertRefused(provider.token(provider.header().keyID("two").build(), stranger, claims -> claims));
        assertRefused(provider.token(
                new JWSHeader.Builder(JWSAlgorithm.RS512).keyID("one").build(), provider.key(), claims -> claims));
        assertRefused(provider.token(
                provider.header().type(new JOSEObjectType("logout+jwt")).build(), provider.key(), claims -> claims));
        assertRefused(unsigned);
        assertRefused(byPublicKey.serialize());
        assertRefused("x");
    }

    @Test
    void warmKeysOutliveTheirProvider() throws JOSEException {
        try (var passing = new FakeIdentityProvider()) {
            // Asked for each token, so that the outage is met at once.
            var tokens = new AccessTokens(
                    properties(passing, "scope", Map.of()),
                    clock,
                    builder -> builder.cache(false).refreshAheadCache(false).rateLimited(false));
            var token = passing.token(claims -> claims);
            assertThat(tokens.verify(token)).isNotNull();

            passing.goAway();

            assertThat(tokens.verify(token)).isNotNull();
            assertThatThrownBy(() -> tokens.verify(
                            passing.token(passing.header().build(), FakeIdentityProvider.rsaKey("one"), c -> c)))
                    .isInstanceOf(BadJwtException.class);
        }
    }

    @Test
    void withoutKeysNothingIsSaidOfTheToken() throws JOSEException {
        try (var gone = new FakeIdentityProvider()) {
            var tokens = new AccessTokens(properties(gone, "scope", Map.of()), clock);
            var token = gone.token(claims -> claims);
            gone.goAway();

            assertThatThrownBy(() -> tokens.verify(token))
                    .isInstanceOf(JwtException.class)
                    .isNotInstanceOf(BadJwtException.class);
        }
    }

    private void assertRefused(String token) {
        assertThatThrownBy(() -> tokens("scope", Map.of()).verify(token)).isInstanceOf(BadJwtException.class);
    }

    private AccessTokens tokens(String rolesClaim, Map<String, Set<Role>> mapping) {
        return new AccessTokens(properties(provider, rolesClaim, mapping), clock);
    }

    private static JwtProperties properties(
            FakeIdentityProvider provider, String rolesClaim, Map<String, Set<Role>> mapping) {
        return new JwtProperties(
                ISSUER,
                AUDIENCE,
                URI.create(provider.jwksUri()),
                Set.of(SignatureAlgorithm.RS256),
                Duration.ofSeconds(30),
                Duration.ofHours(1),
                "sub",
                rolesClaim,
                mapping);
    }
}
