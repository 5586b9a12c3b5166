package io.wager.service.tls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.zaxxer.hikari.HikariDataSource;
import io.wager.testkit.TestAuthority;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.util.Collections;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.autoconfigure.jdbc.DataSourceAutoConfiguration;
import org.springframework.boot.autoconfigure.ssl.SslAutoConfiguration;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

@ExtendWith(OutputCaptureExtension.class)
class DatabaseTlsTest {

    private static final String URL =
            "spring.datasource.url=jdbc:sqlserver://db.example:1433;databaseName=wager;encrypt=true";

    @TempDir
    private Path folder;

    private final ApplicationContextRunner service = new ApplicationContextRunner()
            .withConfiguration(AutoConfigurations.of(SslAutoConfiguration.class, DataSourceAutoConfiguration.class))
            .withUserConfiguration(DatabaseTls.class);

    @Test
    void theDriverGetsTheCertificatesOfTheBundleAndThoseThatTakeTheirPlace() throws IOException {
        var trusted = Files.writeString(folder.resolve("ca.pem"), new TestAuthority("first").pem());

        service.withPropertyValues(
                        URL,
                        "wager.database.ssl-bundle=db",
                        "spring.ssl.bundle.pem.db.truststore.certificate=" + trusted,
                        "spring.ssl.bundle.pem.db.reload-on-update=true",
                        "spring.ssl.bundle.watch.file.quiet-period=50ms")
                .run(context -> {
                    var pool = context.getBean(HikariDataSource.class);
                    assertThat(issuer(pool)).isEqualTo("CN=first");
                    assertThat(pool.getDataSourceProperties()).containsEntry("trustStoreType", "PKCS12");

                    Files.writeString(trusted, new TestAuthority("second").pem());

                    await().untilAsserted(() -> assertThat(issuer(pool)).isEqualTo("CN=second"));
                });
    }

    @Test
    void aBundleThatTrustsNobodyDoesNotStart() throws IOException {
        var certificate = folder.resolve("client.pem");
        var key = folder.resolve("client.key");
        new TestAuthority("any").issue("client").write(certificate, key);

        service.withPropertyValues(
                        URL,
                        "wager.database.ssl-bundle=db",
                        "spring.ssl.bundle.pem.db.keystore.certificate=" + certificate,
                        "spring.ssl.bundle.pem.db.keystore.private-key=" + key)
                .run(context -> assertThat(context).getFailure().hasStackTraceContaining("no trusted certificates"));
    }

    @Test
    void withoutABundleTheJdkTrusts(CapturedOutput log) {
        service.withPropertyValues(URL)
                .run(context -> assertThat(
                                context.getBean(HikariDataSource.class).getDataSourceProperties())
                        .isEmpty());
        assertThat(log.getOut()).doesNotContain("certificate is not checked");
    }

    @Test
    void whoTrustsAnybodyIsTold(CapturedOutput log) {
        service.withPropertyValues(URL + ";TrustServerCertificate = true")
                .run(context -> assertThat(context).hasSingleBean(HikariDataSource.class));

        assertThat(log.getOut()).contains("the database's certificate is not checked");
    }

    private static String issuer(HikariDataSource pool) throws IOException, GeneralSecurityException {
        var properties = pool.getDataSourceProperties();
        var store = KeyStore.getInstance(
                Path.of(properties.getProperty("trustStore")).toFile(),
                properties.getProperty("trustStorePassword").toCharArray());
        var alias = Collections.list(store.aliases()).getFirst();
        return ((X509Certificate) store.getCertificate(alias))
                .getSubjectX500Principal()
                .getName();
    }
}
