package io.wager.testkit;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.KeyStore;
import java.security.SecureRandom;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.PKCS8EncodedKeySpec;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Date;
import java.util.List;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.security.auth.x500.X500Principal;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.cert.CertIOException;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.openssl.jcajce.JcaPEMWriter;
import org.bouncycastle.openssl.jcajce.JcaPKCS8Generator;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/** An issuer of certificates for tests. Its keys are made when it is, and nothing keeps them. */
public final class TestAuthority {

    private static final Duration LIFE = Duration.ofDays(30);

    private final KeyPair keys = keyPair();
    private final X500Principal name;
    private final X509Certificate certificate;

    /**
     * A new issuer, which no other one knows.
     *
     * @param name its common name
     */
    public TestAuthority(String name) {
        this.name = new X500Principal("CN=" + name);
        this.certificate = sign(this.name, keys, List.of(), Instant.now().plus(LIFE), true);
    }

    /** Its own certificate, as PEM. */
    public String pem() {
        return pem(certificate);
    }

    /**
     * Issues a certificate that is valid now.
     *
     * @param commonName whose it is
     * @param hosts names and addresses that it is for
     */
    public Issued issue(String commonName, String... hosts) {
        return issue(commonName, Instant.now().plus(LIFE), hosts);
    }

    /**
     * Issues a certificate.
     *
     * @param commonName whose it is
     * @param end of its validity, which may be past
     * @param hosts names and addresses that it is for
     */
    public Issued issue(String commonName, Instant end, String... hosts) {
        var pair = keyPair();
        var issued = sign(new X500Principal("CN=" + commonName), pair, List.of(hosts), end, false);
        try {
            return new Issued(pem(issued), pem(new JcaPKCS8Generator(pair.getPrivate(), null)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * A certificate and its key.
     *
     * @param certificate as PEM
     * @param key as PEM, PKCS #8 without a password
     */
    public record Issued(String certificate, String key) {

        /** For a server in this JVM that presents it. */
        public SSLContext serverContext() {
            try {
                var factory = CertificateFactory.getInstance("X.509");
                var chain = factory.generateCertificate(
                        new ByteArrayInputStream(certificate.getBytes(StandardCharsets.US_ASCII)));
                var bytes = Base64.getMimeDecoder()
                        .decode(key.replaceAll("-----[A-Z ]+-----", "").strip());
                var store = KeyStore.getInstance("PKCS12");
                store.load(null, null);
                store.setKeyEntry(
                        "server",
                        KeyFactory.getInstance("EC").generatePrivate(new PKCS8EncodedKeySpec(bytes)),
                        new char[0],
                        new Certificate[] {chain});
                var keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
                keys.init(store, new char[0]);
                var context = SSLContext.getInstance("TLS");
                context.init(keys.getKeyManagers(), null, null);
                return context;
            } catch (GeneralSecurityException | IOException e) {
                throw new IllegalStateException(e);
            }
        }

        /** Writes both, one file after the other, over what is there. */
        public void write(Path certificateFile, Path keyFile) {
            try {
                Files.writeString(keyFile, key);
                Files.writeString(certificateFile, certificate);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    private X509Certificate sign(
            X500Principal subject, KeyPair pair, List<String> hosts, Instant end, boolean isAuthority) {
        try {
            var builder = new JcaX509v3CertificateBuilder(
                    name,
                    new BigInteger(120, new SecureRandom()),
                    Date.from(end.minus(LIFE).minus(Duration.ofHours(1))),
                    Date.from(end),
                    subject,
                    pair.getPublic());
            builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(isAuthority));
            if (!hosts.isEmpty()) {
                builder.addExtension(
                        Extension.subjectAlternativeName,
                        false,
                        new GeneralNames(hosts.stream()
                                .map(host -> new GeneralName(
                                        Character.isDigit(host.charAt(0)) ? GeneralName.iPAddress : GeneralName.dNSName,
                                        host))
                                .toArray(GeneralName[]::new)));
            }
            var signer = new JcaContentSignerBuilder("SHA256withECDSA").build(keys.getPrivate());
            return new JcaX509CertificateConverter().getCertificate(builder.build(signer));
        } catch (CertIOException | GeneralSecurityException | OperatorCreationException e) {
            throw new IllegalStateException(e);
        }
    }

    private static KeyPair keyPair() {
        try {
            var generator = KeyPairGenerator.getInstance("EC");
            generator.initialize(new ECGenParameterSpec("secp256r1"));
            return generator.generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String pem(Object thing) {
        var text = new StringWriter();
        try (var writer = new JcaPEMWriter(text)) {
            writer.writeObject(thing);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return text.toString();
    }
}
