package io.wager.api.http;

import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.apache.catalina.connector.Request;
import org.apache.catalina.connector.Response;
import org.apache.catalina.valves.ValveBase;
import org.springframework.http.HttpMethod;

/**
 * Has TRACE refused as any other method that a path does not take. Tomcat has refused it before, with nothing to read and with the methods
 * of the servlet; and servlets answer it by themselves, with the request and all of its headers, unless it goes by a name that they
 * do not know. Methods are told apart by case.
 */
final class TraceRefusalValve extends ValveBase {

    TraceRefusalValve() {
        super(true);
    }

    @Override
    public void invoke(Request request, Response response) throws IOException, ServletException {
        // What can't be read at all has no method, and has been refused for that.
        if (HttpMethod.TRACE.name().equals(request.getMethod())
                && response.getStatus() == HttpServletResponse.SC_METHOD_NOT_ALLOWED) {
            response.setSuspended(false);
            response.reset();
            request.getCoyoteRequest().setMethod("trace");
        }
        getNext().invoke(request, response);
    }
}
