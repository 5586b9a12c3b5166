package io.wager.service.tls;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.KeyStoreException;
import java.security.SecureRandom;
import java.util.Collections;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.ssl.SslBundle;

/**
 * The trusted certificates of a bundle as a file, which is the form in which Microsoft's driver takes them. The driver reads it for each new
 * connection, so that it may change. It has no secrets; the password only keeps it whole. One thread may write, any number may read.
 */
final class TrustStoreFile {

    /** Of the store, as the driver names it. */
    static final String TYPE = "PKCS12";

    private static final int PASSWORD_BYTES = 16;

    private final Path file;
    private final String password;

    /**
     * Writes a new file of this process, which is deleted when the JVM ends in order.
     *
     * @param bundle with the certificates
     * @throws UncheckedIOException if it can't be written
     */
    TrustStoreFile(SslBundle bundle) {
        try {
            file = Files.createTempFile("wager-trusted-", ".p12");
            file.toFile().deleteOnExit();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        var bytes = new byte[PASSWORD_BYTES];
        new SecureRandom().nextBytes(bytes);
        password = HexFormat.of().formatHex(bytes);
        write(bundle);
    }

    Path file() {
        return file;
    }

    String password() {
        return password;
    }

    /** Puts the certificates of a bundle in the place of those in the file: who reads it sees the one or the other. */
    void write(SslBundle bundle) {
        try {
            var draft = Files.createTempFile("wager-trusted-", ".draft");
            try (var out = Files.newOutputStream(draft)) {
                copy(bundle.getStores().getTrustStore()).store(out, password.toCharArray());
            }
            Files.move(draft, file, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("the bundle's trusted certificates can't be written", e);
        }
    }

    private static KeyStore copy(@Nullable KeyStore trusted) throws GeneralSecurityException, IOException {
        if (trusted == null || trusted.size() == 0) {
            throw new KeyStoreException("the bundle has no trusted certificates: give it a truststore");
        }
        var copy = KeyStore.getInstance(TYPE);
        copy.load(null, null);
        for (var alias : Collections.list(trusted.aliases())) {
            copy.setCertificateEntry(alias, trusted.getCertificate(alias));
        }
        return copy;
    }
}
