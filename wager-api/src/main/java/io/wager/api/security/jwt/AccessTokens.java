package io.wager.api.security.jwt;

import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.jwk.source.JWKSource;
import com.nimbusds.jose.jwk.source.JWKSourceBuilder;
import com.nimbusds.jose.proc.DefaultJOSEObjectTypeVerifier;
import com.nimbusds.jose.proc.JWSVerificationKeySelector;
import com.nimbusds.jose.proc.SecurityContext;
import com.nimbusds.jose.util.DefaultResourceRetriever;
import com.nimbusds.jwt.proc.DefaultJWTProcessor;
import io.wager.api.access.Caller;
import io.wager.api.access.OwnLimits;
import io.wager.api.access.Role;
import java.net.MalformedURLException;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Collection;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.security.oauth2.core.DelegatingOAuth2TokenValidator;
import org.springframework.security.oauth2.core.OAuth2TokenValidator;
import org.springframework.security.oauth2.jwt.BadJwtException;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.security.oauth2.jwt.JwtClaimNames;
import org.springframework.security.oauth2.jwt.JwtClaimValidator;
import org.springframework.security.oauth2.jwt.JwtDecoder;
import org.springframework.security.oauth2.jwt.JwtException;
import org.springframework.security.oauth2.jwt.JwtIssuerValidator;
import org.springframework.security.oauth2.jwt.JwtTimestampValidator;
import org.springframework.security.oauth2.jwt.NimbusJwtDecoder;

/** Looks at tokens of the identity provider. Asks it for its keys, never about a token. Any number of threads may share one. */
public final class AccessTokens {

    /** Before the subject, so that no subject is taken for a key. */
    private static final String TOKEN = "token:";

    private static final int CONNECT_MILLIS = 2_000;
    private static final int READ_MILLIS = 2_000;
    private static final int MAX_KEYS_BYTES = 512 * 1024;
    /** How long keys are used before the provider is asked again, so that one that it withdrew is not taken for long. */
    private static final Duration KEYS_LIVE = Duration.ofMinutes(5);

    private final JwtProperties properties;
    private final JwtDecoder decoder;

    /**
     * For a configured provider, which need not be there yet.
     *
     * @param properties with issuer, audience and the address of the keys
     * @param clock tells what has expired
     */
    public AccessTokens(JwtProperties properties, Clock clock) {
        this(properties, clock, builder -> builder.cache(KEYS_LIVE.toMillis(), CONNECT_MILLIS + READ_MILLIS + 1_000L));
    }

    /** With another way of caching the provider's keys. */
    AccessTokens(JwtProperties properties, Clock clock, UnaryOperator<JWKSourceBuilder<SecurityContext>> caching) {
        this.properties = properties;
        decoder = decoder(properties, clock, caching);
    }

    /**
     * Looks at a token.
     *
     * @param token what the client sent
     * @return whose it is
     * @throws BadJwtException if it is not valid, also if it has expired
     * @throws JwtException if the provider's keys can't be had
     */
    public Caller verify(String token) {
        var jwt = decoder.decode(token);
        var name = name(jwt);
        return new Caller(TOKEN + jwt.getSubject(), name, roles(jwt), OwnLimits.NONE);
    }

    private String name(Jwt jwt) {
        if (claim(jwt, properties.nameClaim()) instanceof String name
                && !name.isBlank()
                && name.length() <= Caller.MAX_NAME_UNITS
                && name.codePoints().noneMatch(Character::isISOControl)) {
            return name;
        }
        throw new BadJwtException("the claim " + properties.nameClaim() + " is no name");
    }

    private Set<Role> roles(Jwt jwt) {
        Set<Role> roles = EnumSet.noneOf(Role.class);
        for (var value : words(claim(jwt, properties.rolesClaim()))) {
            Role.find(value).ifPresent(roles::add);
            roles.addAll(properties.roleMapping().getOrDefault(value, Set.of()));
        }
        return roles;
    }

    private static List<String> words(@Nullable Object claim) {
        if (claim instanceof String text) {
            return Arrays.asList(text.split(" +", -1));
        }
        return claim instanceof Collection<?> values
                ? values.stream().map(String::valueOf).toList()
                : List.of();
    }

    /** A claim by its name, or where none has the whole name, by the way that its dots lead. */
    private static @Nullable Object claim(Jwt jwt, String path) {
        Object found = jwt.getClaim(path);
        if (found == null && path.contains(".")) {
            found = jwt.getClaims();
            for (var name : path.split("\\.", -1)) {
                found = found instanceof Map<?, ?> map ? map.get(name) : null;
            }
        }
        return found;
    }

    private static JwtDecoder decoder(
            JwtProperties properties, Clock clock, UnaryOperator<JWKSourceBuilder<SecurityContext>> caching) {
        var algorithms = properties.algorithms().stream()
                .map(algorithm -> JWSAlgorithm.parse(algorithm.getName()))
                .collect(Collectors.toSet());
        var processor = new DefaultJWTProcessor<SecurityContext>();
        processor.setJWSKeySelector(new JWSVerificationKeySelector<>(algorithms, keys(properties, caching)));
        processor.setJWSTypeVerifier(
                new DefaultJOSEObjectTypeVerifier<>(null, JOSEObjectType.JWT, new JOSEObjectType("at+jwt")));
        // Spring's validators do it, below.
        processor.setJWTClaimsSetVerifier((claims, context) -> {});
        var decoder = new NimbusJwtDecoder(processor);
        decoder.setJwtValidator(validator(properties, clock));
        return decoder;
    }

    private static OAuth2TokenValidator<Jwt> validator(JwtProperties properties, Clock clock) {
        var times = new JwtTimestampValidator(properties.clockSkew());
        times.setClock(clock);
        var audience = Objects.requireNonNull(properties.audience());
        return new DelegatingOAuth2TokenValidator<>(
                times,
                // Else a token without an end would be valid for ever.
                new JwtClaimValidator<Instant>(JwtClaimNames.EXP, Objects::nonNull),
                new JwtIssuerValidator(Objects.requireNonNull(properties.issuer())),
                new JwtClaimValidator<List<String>>(
                        JwtClaimNames.AUD, named -> named != null && named.contains(audience)));
    }

    private static JWKSource<SecurityContext> keys(
            JwtProperties properties, UnaryOperator<JWKSourceBuilder<SecurityContext>> caching) {
        URI uri = Objects.requireNonNull(properties.jwksUri());
        try {
            JWKSourceBuilder<SecurityContext> builder = JWKSourceBuilder.create(
                    uri.toURL(), new DefaultResourceRetriever(CONNECT_MILLIS, READ_MILLIS, MAX_KEYS_BYTES));
            return caching.apply(builder)
                    .retrying(true)
                    // Warm keys outlive their provider for as long.
                    .outageTolerant(properties.outageTolerance().toMillis())
                    .build();
        } catch (MalformedURLException e) {
            throw new IllegalArgumentException("wager.security.jwt.jwks-uri must be an https URL, and is " + uri, e);
        }
    }
}
