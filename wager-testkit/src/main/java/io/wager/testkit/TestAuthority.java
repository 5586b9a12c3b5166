package io.wager.testkit;

import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.List;
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
