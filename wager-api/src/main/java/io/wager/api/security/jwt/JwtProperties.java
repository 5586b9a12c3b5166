package io.wager.api.security.jwt;

import io.wager.api.access.Role;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.security.oauth2.jose.jws.SignatureAlgorithm;

/**
 * Tokens of an identity provider.
 *
 * @param issuer who makes them, exactly as their claim {@code iss} says; without it no token is taken
 * @param audience what their claim {@code aud} must name: this API
 * @param jwksUri where the provider publishes its keys
 * @param algorithms the signatures that are taken, none of them with a shared secret
 * @param clockSkew how far the clocks of the provider and of this service may be apart, up to 2 minutes
 * @param outageTolerance how long the keys read last are used while the provider is away
 * @param nameClaim the claim with the caller's name, which the audit keeps
 * @param rolesClaim the claim with scopes or roles: words in a string, or a list; dots lead into objects
 * @param roleMapping which roles a value of that claim stands for; a value that is a role's own name stands for it anyway
 */
@ConfigurationProperties("wager.security.jwt")
public record JwtProperties(
        @Nullable String issuer,
        @Nullable String audience,
        @Nullable URI jwksUri,
        @DefaultValue("RS256") Set<SignatureAlgorithm> algorithms,
        @DefaultValue("30s") Duration clockSkew,
        @DefaultValue("24h") Duration outageTolerance,
        @DefaultValue("sub") String nameClaim,
        @DefaultValue("scope") String rolesClaim,
        @DefaultValue Map<String, Set<Role>> roleMapping) {

    private static final Duration MOST_SKEW = Duration.ofMinutes(2);
    private static final Duration MOST_OUTAGE = Duration.ofDays(7);

    /** Refuses what can't work. */
    public JwtProperties {
        algorithms = Set.copyOf(algorithms);
        roleMapping = Map.copyOf(roleMapping);
        if (clockSkew.isNegative() || clockSkew.compareTo(MOST_SKEW) > 0) {
            throw new IllegalArgumentException(
                    "wager.security.jwt.clock-skew must be from 0s to 2m, and is " + clockSkew);
        }
        if (!outageTolerance.isPositive() || outageTolerance.compareTo(MOST_OUTAGE) > 0) {
            throw new IllegalArgumentException(
                    "wager.security.jwt.outage-tolerance must be above 0s and up to 7d, and is " + outageTolerance);
        }
        if (algorithms.isEmpty()) {
            throw new IllegalArgumentException("wager.security.jwt.algorithms must name at least one, such as RS256");
        }
        var given = (issuer == null ? 0 : 1) + (audience == null ? 0 : 1) + (jwksUri == null ? 0 : 1);
        if (given != 0 && given != 3) {
            throw new IllegalArgumentException("wager.security.jwt.issuer, wager.security.jwt.audience and"
                    + " wager.security.jwt.jwks-uri must be given together");
        }
        if (jwksUri != null && !"https".equals(jwksUri.getScheme()) && !"http".equals(jwksUri.getScheme())) {
            throw new IllegalArgumentException("wager.security.jwt.jwks-uri must be an https URL, and is " + jwksUri);
        }
    }

    /**
     * Whether tokens are taken.
     *
     * @return false if no provider is named
     */
    public boolean isConfigured() {
        return issuer != null;
    }
}
