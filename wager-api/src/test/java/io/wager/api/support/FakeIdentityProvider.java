package io.wager.api.support;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Date;
import java.util.function.UnaryOperator;

/** Publishes one key over HTTP and signs tokens with it, on the clock of {@link TestApi}. */
public final class FakeIdentityProvider implements AutoCloseable {

    /** The issuer of its tokens. */
    public static final String ISSUER = "https://idp.example.com/realms/casino";

    /** For whom its tokens are. */
    public static final String AUDIENCE = "wager";

    private final RSAKey key = rsaKey("one");
    private final HttpServer server;

    /** Starts on a free port. */
    public FakeIdentityProvider() {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        var body = new JWKSet(key.toPublicJWK()).toString().getBytes(StandardCharsets.UTF_8);
        server.createContext("/jwks", exchange -> {
            exchange.getResponseHeaders().set("Content-Type", "application/json");
            exchange.sendResponseHeaders(200, body.length);
            try (var stream = exchange.getResponseBody()) {
                stream.write(body);
            }
        });
        server.start();
    }

    /** Where its keys are. */
    public String jwksUri() {
        return "http://127.0.0.1:" + server.getAddress().getPort() + "/jwks";
    }

    /** The key that it signs with. */
    public RSAKey key() {
        return key;
    }

    /** A token as it should be, but for what a test changes. */
    public String token(UnaryOperator<JWTClaimsSet.Builder> change) throws JOSEException {
        return token(header().build(), key, change);
    }

    /** A token with another header, or signed by another key. */
    public String token(JWSHeader header, RSAKey signing, UnaryOperator<JWTClaimsSet.Builder> change)
            throws JOSEException {
        var jwt = new SignedJWT(header, change.apply(claims()).build());
        jwt.sign(new RSASSASigner(signing));
        return jwt.serialize();
    }

    /** The header of its tokens. */
    public JWSHeader.Builder header() {
        return new JWSHeader.Builder(JWSAlgorithm.RS256).keyID(key.getKeyID()).type(new JOSEObjectType("at+jwt"));
    }

    /** The claims of its tokens: for five minutes, and no roles. */
    public static JWTClaimsSet.Builder claims() {
        return new JWTClaimsSet.Builder()
                .issuer(ISSUER)
                .audience(AUDIENCE)
                .subject("zoe")
                .issueTime(Date.from(TestApi.NOW))
                .expirationTime(Date.from(TestApi.NOW.plusSeconds(300)));
    }

    /** A key of nobody's. */
    public static RSAKey rsaKey(String id) {
        try {
            return new RSAKeyGenerator(2048).keyID(id).generate();
        } catch (JOSEException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Answers nobody any more. */
    public void goAway() {
        server.stop(0);
    }

    @Override
    public void close() {
        goAway();
    }
}
