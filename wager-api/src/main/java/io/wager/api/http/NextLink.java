package io.wager.api.http;

import jakarta.servlet.http.HttpServletRequest;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.web.util.UriComponentsBuilder;

/**
 * The {@code Link} header that leads from one page of a list to the next. It is relative to the request, so that it works behind any proxy.
 */
public final class NextLink {

    private final UriComponentsBuilder uri;
    private int parameters;

    private NextLink(UriComponentsBuilder uri) {
        this.uri = uri;
    }

    /**
     * A link to the path of the request.
     *
     * @param request the request
     * @param cursor the beginning of the next page
     * @return the link, without the other parameters
     */
    public static NextLink of(HttpServletRequest request, String cursor) {
        return new NextLink(
                UriComponentsBuilder.fromPath(request.getRequestURI()).queryParam("cursor", cursor));
    }

    /**
     * Adds a parameter; one of the same name may be there already.
     *
     * @param name its name
     * @param value its value; null adds nothing
     * @return this
     */
    public NextLink with(String name, @Nullable Object value) {
        if (value != null) {
            var variable = "v" + parameters++;
            uri.queryParam(name, "{" + variable + "}").uriVariables(Map.of(variable, value.toString()));
        }
        return this;
    }

    /**
     * The header.
     *
     * @return headers with the link alone
     */
    public HttpHeaders headers() {
        var headers = new HttpHeaders();
        headers.add(HttpHeaders.LINK, "<" + uri.encode().toUriString() + ">; rel=\"next\"");
        return headers;
    }
}
