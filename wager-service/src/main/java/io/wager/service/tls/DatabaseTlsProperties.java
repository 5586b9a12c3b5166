package io.wager.service.tls;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;

/**
 * TLS to SQL Server.
 *
 * @param sslBundle name of the bundle ({@code spring.ssl.bundle.pem.…}) with the certificates that are trusted; none for those that the JDK
 *     trusts
 */
@ConfigurationProperties("wager.database")
public record DatabaseTlsProperties(@Nullable String sslBundle) {}
