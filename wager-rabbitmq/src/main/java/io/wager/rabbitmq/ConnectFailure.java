package io.wager.rabbitmq;

import java.security.cert.CertPathBuilderException;
import java.security.cert.CertificateException;
import java.security.cert.CertificateExpiredException;
import java.security.cert.CertificateNotYetValidException;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/** Why no connection could be opened, in words for an operator. */
public final class ConnectFailure {

    private ConnectFailure() {}

    /**
     * Describes a failure to connect.
     *
     * @param failure what the client threw
     * @return one line: for a certificate that is not taken, what is wrong with it; else the first message on the way to the cause
     */
    public static String describe(Throwable failure) {
        for (var cause = failure; cause != null; cause = cause.getCause()) {
            var certificate = certificate(cause);
            if (certificate != null) {
                return certificate + " (" + cause.getMessage() + ")";
            }
        }
        // The client wraps the broker's message into exceptions without one.
        var cause = failure;
        while (cause.getMessage() == null && cause.getCause() != null) {
            cause = cause.getCause();
        }
        return cause.toString();
    }

    private static @Nullable String certificate(Throwable cause) {
        return switch (cause) {
            case CertificateExpiredException expired -> "the broker's certificate has expired";
            case CertificateNotYetValidException early -> "the broker's certificate is not valid yet";
            case CertPathBuilderException unknown -> "the issuer of the broker's certificate is not trusted here";
            // The one that the JDK throws for host names has neither a type of its own nor a cause.
            case CertificateException other
            when other.getCause() == null && isOfHostName(other) -> "the broker's certificate is for another host";
            case SSLException refused
            when String.valueOf(refused.getMessage()).contains("Received fatal alert") ->
                "the broker refused the TLS handshake: check the client's certificate and the versions of TLS";
            default -> null;
        };
    }

    private static boolean isOfHostName(CertificateException failure) {
        var message = String.valueOf(failure.getMessage());
        return message.startsWith("No name matching") || message.startsWith("No subject alternative");
    }
}
