package io.wager.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/** Certificates of a file, and no others, as what TLS trusts. */
final class TrustedCertificates {

    private TrustedCertificates() {}

    /**
     * Reads them.
     *
     * @param file one or several certificates as PEM
     * @throws IOException if the file can't be read or has none; the message is fit for its user
     */
    static SSLContext of(Path file) throws IOException {
        try (var stream = Files.newInputStream(file)) {
            var store = KeyStore.getInstance("PKCS12");
            store.load(null, null);
            for (var certificate : CertificateFactory.getInstance("X.509").generateCertificates(stream)) {
                store.setCertificateEntry("certificate " + store.size(), certificate);
            }
            if (store.size() == 0) {
                throw new IOException(file + " has no certificate");
            }
            var trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            trust.init(store);
            var context = SSLContext.getInstance("TLS");
            context.init(null, trust.getTrustManagers(), null);
            return context;
        } catch (GeneralSecurityException e) {
            throw new IOException(file + " has no certificates as PEM: " + e.getMessage(), e);
        } catch (NoSuchFileException e) {
            throw new IOException("there is no file " + file, e);
        }
    }
}
