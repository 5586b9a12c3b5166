package io.wager.api.security.key;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * HMAC-SHA-256 of secrets with a pepper. Slow hashes are for passwords, which can be guessed; 256 random bits can't, and every request
 * pays. Without the pepper the key file alone lets nobody check a guess. Any number of threads may share one.
 */
public final class SecretHash {

    /** The fewest characters of a pepper. */
    public static final int MIN_PEPPER_CHARACTERS = 32;

    private static final String ALGORITHM = "HmacSHA256";

    private final Mac prototype;

    /**
     * With a pepper.
     *
     * @param pepper at least {@value #MIN_PEPPER_CHARACTERS} characters
     */
    public SecretHash(String pepper) {
        if (pepper.length() < MIN_PEPPER_CHARACTERS) {
            throw new IllegalArgumentException("the pepper must have at least " + MIN_PEPPER_CHARACTERS
                    + " characters, and has " + pepper.length());
        }
        try {
            prototype = Mac.getInstance(ALGORITHM);
            prototype.init(new SecretKeySpec(pepper.getBytes(StandardCharsets.UTF_8), ALGORITHM));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JVM has " + ALGORITHM, e);
        }
    }

    /**
     * Hashes a secret.
     *
     * @param secret the digits of an {@link ApiKey}
     * @return 32 bytes
     */
    public byte[] of(String secret) {
        try {
            // A copy with the pepper already taken in is cheaper than one looked up and begun afresh.
            var mac = (Mac) prototype.clone();
            return mac.doFinal(secret.getBytes(StandardCharsets.UTF_8));
        } catch (CloneNotSupportedException e) {
            throw new IllegalStateException("the JVM's own " + ALGORITHM + " can be copied", e);
        }
    }
}
