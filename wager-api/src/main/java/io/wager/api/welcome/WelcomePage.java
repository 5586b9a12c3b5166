package io.wager.api.welcome;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.core.io.ClassPathResource;
import org.springframework.http.HttpInputMessage;
import org.springframework.http.HttpOutputMessage;
import org.springframework.http.MediaType;
import org.springframework.http.converter.AbstractHttpMessageConverter;
import org.springframework.http.converter.HttpMessageNotReadableException;
import org.springframework.stereotype.Component;

/** {@link Welcome} for people: a page that needs nothing but itself, and may not run or load anything. */
@Component
final class WelcomePage extends AbstractHttpMessageConverter<Welcome> {

    private static final String STYLE_BEGIN = "<style>";
    private static final String STYLE_END = "</style>";

    private final byte[] html;
    private final String contentSecurityPolicy;

    WelcomePage(WelcomeLinks links) {
        super(new MediaType(MediaType.TEXT_HTML, StandardCharsets.UTF_8));
        html = withParts(
                read(), Map.of("ui", links.hasUi(), "openapi", links.hasOpenApi(), "metrics", links.hasMetrics()));
        contentSecurityPolicy = "default-src 'none'; style-src 'sha256-" + sha256(styleOf(html))
                + "'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";
    }

    /** Allows the page its own style and nothing else. */
    String contentSecurityPolicy() {
        return contentSecurityPolicy;
    }

    @Override
    protected boolean supports(Class<?> type) {
        return type == Welcome.class;
    }

    @Override
    public boolean canRead(Class<?> type, @Nullable MediaType mediaType) {
        return false;
    }

    @Override
    protected Welcome readInternal(Class<? extends Welcome> type, HttpInputMessage message) {
        throw new HttpMessageNotReadableException("a page is not read", message);
    }

    @Override
    protected void writeInternal(Welcome welcome, HttpOutputMessage message) throws IOException {
        message.getBody().write(html);
    }

    /** The page without the parts that link to what is not served. A part stands between comments with its name. */
    private static byte[] withParts(String page, Map<String, Boolean> parts) {
        for (var part : parts.entrySet()) {
            var begin = "<!--" + part.getKey() + "-->\n";
            var end = "<!--/" + part.getKey() + "-->\n";
            var from = page.indexOf(begin);
            var to = page.indexOf(end);
            var inside = part.getValue() ? page.substring(from + begin.length(), to) : "";
            page = page.substring(0, from) + inside + page.substring(to + end.length());
        }
        return page.getBytes(StandardCharsets.UTF_8);
    }

    private static String read() {
        try (var stream = new ClassPathResource("index.html", WelcomePage.class).getInputStream()) {
            return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String styleOf(byte[] html) {
        var text = new String(html, StandardCharsets.UTF_8);
        return text.substring(text.indexOf(STYLE_BEGIN) + STYLE_BEGIN.length(), text.indexOf(STYLE_END));
    }

    private static String sha256(String text) {
        try {
            var digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return Base64.getEncoder().encodeToString(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JVM has SHA-256", e);
        }
    }
}
