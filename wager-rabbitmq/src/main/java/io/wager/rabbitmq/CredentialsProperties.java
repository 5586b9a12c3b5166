package io.wager.rabbitmq;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;

/**
 * The broker's account in files, so that its password can change while the services run.
 *
 * @param passwordFile file with the password, in place of {@code spring.rabbitmq.password}. It is read again for every connection. The API
 *     and whoever else publishes connects anew within seconds of a change
 * @param usernameFile file with the name of the account, in place of {@code spring.rabbitmq.username}. Needs {@code passwordFile}
 */
@ConfigurationProperties("wager.messaging.credentials")
public record CredentialsProperties(
        @Nullable Path passwordFile, @Nullable Path usernameFile) {

    /** Refuses what can't work. */
    public CredentialsProperties {
        if (usernameFile != null && passwordFile == null) {
            throw new IllegalArgumentException("wager.messaging.credentials.username-file needs"
                    + " wager.messaging.credentials.password-file, which is not set");
        }
    }
}
