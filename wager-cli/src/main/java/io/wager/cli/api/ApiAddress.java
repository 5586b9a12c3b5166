package io.wager.cli.api;

import java.net.URI;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/**
 * Where an API is, and what it lets this client in for.
 *
 * @param uri such as {@code http://127.0.0.1:8080}
 * @param key an API key; null for an API without access control
 * @param tls with the certificates that are trusted; null for those that the JDK trusts
 */
public record ApiAddress(
        URI uri, @Nullable String key, @Nullable SSLContext tls) {

    /** The URI, and nothing of the key. */
    @Override
    public String toString() {
        return uri.toString();
    }
}
