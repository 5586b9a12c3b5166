package io.wager.api.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.wager.api.support.ApiTest;
import io.wager.testkit.TestAuthority;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.Test;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

/** HTTPS by a bundle whose certificate is replaced while the service runs. */
class HttpsSliceTest extends ApiTest {

    private static final TestAuthority AUTHORITY = new TestAuthority("wager tests");
    private static final Path CERTIFICATE = file("certificate.pem");
    private static final Path KEY = CERTIFICATE.resolveSibling("key.pem");

    @DynamicPropertySource
    static void https(DynamicPropertyRegistry registry) {
        AUTHORITY.issue("first", "127.0.0.1").write(CERTIFICATE, KEY);
        registry.add("spring.ssl.bundle.pem.http.keystore.certificate", CERTIFICATE::toString);
        registry.add("spring.ssl.bundle.pem.http.keystore.private-key", KEY::toString);
        registry.add("spring.ssl.bundle.pem.http.reload-on-update", () -> "true");
        registry.add("spring.ssl.bundle.watch.file.quiet-period", () -> "50ms");
        registry.add("server.ssl.bundle", () -> "http");
    }

    @Test
    void answersComeByTlsAndTellBrowsersToStayThere() throws Exception {
        try (var socket = connect("TLSv1.3")) {
            var answer = get(socket, "/livez");

            assertThat(answer).startsWith("HTTP/1.1 200 ").contains("Strict-Transport-Security: max-age=31536000");
            assertThat(owner(socket)).isEqualTo("CN=first");
        }
    }

    @Test
    void aNewCertificateIsPresentedWithoutARestart() throws Exception {
        AUTHORITY.issue("second", "127.0.0.1").write(CERTIFICATE, KEY);

        try {
            await().ignoreExceptions().untilAsserted(() -> {
                try (var socket = connect("TLSv1.3")) {
                    assertThat(owner(socket)).isEqualTo("CN=second");
                }
            });
        } finally {
            AUTHORITY.issue("first", "127.0.0.1").write(CERTIFICATE, KEY);
            await().ignoreExceptions().untilAsserted(() -> {
                try (var socket = connect("TLSv1.3")) {
                    assertThat(owner(socket)).isEqualTo("CN=first");
                }
            });
        }
    }

    @Test
    void aMeterTellsHowLongTheCertificateIsValid() throws Exception {
        try (var socket = connect("TLSv1.3")) {
            assertThat(get(socket, "/actuator/prometheus"))
                    .containsPattern("ssl_chain_expiry_seconds\\{bundle=\"http\",certificate=\"[0-9a-f]+\"");
        }
    }

    @Test
    void whoSpeaksPlainHttpIsTurnedAway() throws IOException {
        assertThat(sendRaw("GET /livez HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n"))
                .startsWith("HTTP/1.1 400 ");
    }

    private SSLSocket connect(String protocol) throws GeneralSecurityException, IOException {
        var trusted = KeyStore.getInstance("PKCS12");
        trusted.load(null, null);
        trusted.setCertificateEntry(
                "authority",
                CertificateFactory.getInstance("X.509")
                        .generateCertificate(
                                new ByteArrayInputStream(AUTHORITY.pem().getBytes(StandardCharsets.US_ASCII))));
        var trust = TrustManagerFactory.getInstance("PKIX");
        trust.init(trusted);
        var context = SSLContext.getInstance("TLS");
        context.init(null, trust.getTrustManagers(), null);
        var socket = (SSLSocket) context.getSocketFactory().createSocket(InetAddress.getLoopbackAddress(), port());
        socket.setSoTimeout(10_000);
        socket.setEnabledProtocols(new String[] {protocol});
        try {
            socket.startHandshake();
        } catch (SSLException e) {
            socket.close();
            throw e;
        }
        return socket;
    }

    private static String get(SSLSocket socket, String path) throws IOException {
        socket.getOutputStream()
                .write(("GET " + path + " HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n")
                        .getBytes(StandardCharsets.US_ASCII));
        return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }

    private static String owner(SSLSocket socket) throws IOException {
        return ((X509Certificate) socket.getSession().getPeerCertificates()[0])
                .getSubjectX500Principal()
                .getName();
    }

    private static Path file(String name) {
        try {
            var folder = Files.createTempDirectory("wager-https");
            folder.toFile().deleteOnExit();
            return folder.resolve(name);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
