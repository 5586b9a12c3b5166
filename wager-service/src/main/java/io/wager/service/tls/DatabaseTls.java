package io.wager.service.tls;

import com.zaxxer.hikari.HikariDataSource;
import java.util.Locale;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.ssl.SslBundles;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * Gives the pool's SQL Server driver the trusted certificates of a bundle, and those that take their place. Connections that are open stay;
 * new ones are checked against the new certificates. The driver checks the host's name by itself.
 */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(DatabaseTlsProperties.class)
public class DatabaseTls {

    private static final Logger LOG = LoggerFactory.getLogger(DatabaseTls.class);
    private static final String SQL_SERVER = "jdbc:sqlserver:";

    /** Before whatever wraps the pool; a pool opens no connection before it is used. */
    @Bean
    static BeanPostProcessor databaseTrust(
            ObjectProvider<DatabaseTlsProperties> properties, ObjectProvider<SslBundles> bundles) {
        return new BeanPostProcessor() {
            @Override
            public Object postProcessBeforeInitialization(Object bean, String name) {
                if (bean instanceof HikariDataSource pool
                        && String.valueOf(pool.getJdbcUrl()).startsWith(SQL_SERVER)) {
                    warnOfBlindTrust(pool.getJdbcUrl());
                    var bundle = properties.getObject().sslBundle();
                    if (bundle != null) {
                        trust(pool, bundles.getObject(), bundle);
                    }
                }
                return bean;
            }
        };
    }

    static void trust(HikariDataSource pool, SslBundles bundles, String name) {
        var file = new TrustStoreFile(bundles.getBundle(name));
        pool.addDataSourceProperty("trustStore", file.file().toString());
        pool.addDataSourceProperty("trustStorePassword", file.password());
        pool.addDataSourceProperty("trustStoreType", TrustStoreFile.TYPE);
        bundles.addBundleUpdateHandler(name, bundle -> {
            file.write(bundle);
            LOG.info("the certificates that the database may have were read again bundle={}", name);
        });
    }

    /** Encrypted, but to whoever answers: nothing tells the database from somebody in between. */
    private static void warnOfBlindTrust(String url) {
        if (url.replace(" ", "").toLowerCase(Locale.ROOT).contains("trustservercertificate=true")) {
            LOG.warn("the database's certificate is not checked: replace trustServerCertificate=true by"
                    + " wager.database.ssl-bundle");
        }
    }
}
