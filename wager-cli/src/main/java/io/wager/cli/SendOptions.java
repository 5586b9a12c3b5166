package io.wager.cli;

import io.wager.cli.api.ApiAddress;
import io.wager.cli.api.WagerApi;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Help;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** How wagers are sent: the options that the commands which send share. */
final class SendOptions {

    private static final int MAX_CONCURRENCY = 64;

    @Spec(Spec.Target.MIXEE)
    private @Nullable CommandSpec spec;

    @Option(
            names = "--batch",
            paramLabel = "N",
            defaultValue = "500",
            description = "Wagers in a request, 1 to 1000 (default: ${DEFAULT-VALUE}).")
    private int batch;

    @Option(
            names = "--concurrency",
            paramLabel = "N",
            defaultValue = "2",
            description = "Requests under way at a time, 1 to 64 (default: ${DEFAULT-VALUE}).")
    private int concurrency;

    @Option(
            names = "--give-up-after",
            paramLabel = "TIME",
            defaultValue = "5m",
            description = "How long to go on trying without progress, such as 30s or 5m (default: ${DEFAULT-VALUE}).")
    private Duration giveUpAfter = Duration.ZERO;

    int batch() {
        require(batch >= 1 && batch <= WagerApi.MAX_ITEMS, "--batch must be from 1 to " + WagerApi.MAX_ITEMS);
        return batch;
    }

    int concurrency() {
        require(
                concurrency >= 1 && concurrency <= MAX_CONCURRENCY,
                "--concurrency must be from 1 to " + MAX_CONCURRENCY);
        return concurrency;
    }

    Duration giveUpAfter() {
        return giveUpAfter;
    }

    @Option(
            names = "--api-key",
            paramLabel = "KEY",
            defaultValue = "${env:WAGER_API_KEY}",
            showDefaultValue = Help.Visibility.NEVER,
            description =
                    "The key that the API asks for; else the environment variable WAGER_API_KEY, which nobody sees.")
    private @Nullable String apiKey;

    @Option(
            names = "--cacert",
            paramLabel = "FILE",
            description = "Certificates to trust for https, as PEM, in the place of those that the JDK trusts.")
    private @Nullable Path cacert;

    ApiAddress checked(URI url) {
        var isHttp = "http".equalsIgnoreCase(url.getScheme()) || "https".equalsIgnoreCase(url.getScheme());
        require(isHttp && url.getHost() != null, "--url must be like http://127.0.0.1:8080, not " + url);
        return new ApiAddress(url, apiKey == null || apiKey.isBlank() ? null : apiKey, tls());
    }

    private @Nullable SSLContext tls() {
        if (cacert == null) {
            return null;
        }
        try {
            return TrustedCertificates.of(cacert);
        } catch (IOException e) {
            require(false, "--cacert: " + e.getMessage());
            return null;
        }
    }

    void require(boolean holds, String message) {
        if (!holds && spec != null) {
            throw new ParameterException(spec.commandLine(), message);
        }
    }
}
