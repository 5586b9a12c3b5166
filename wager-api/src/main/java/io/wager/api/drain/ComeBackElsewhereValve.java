package io.wager.api.drain;

import jakarta.servlet.ServletException;
import java.io.IOException;
import java.util.function.BooleanSupplier;
import org.apache.catalina.connector.Request;
import org.apache.catalina.connector.Response;
import org.apache.catalina.valves.ValveBase;

/**
 * Ends each live connection with its next answer while the service drains, so that the client opens another, elsewhere. Else
 * the server would close connections between two requests, and a client that is just sending one would not know what became
 * of it. HTTP/2 has no such header, and says so by a frame of its own.
 */
final class ComeBackElsewhereValve extends ValveBase {

    private final BooleanSupplier isDraining;

    ComeBackElsewhereValve(BooleanSupplier isDraining) {
        super(true);
        this.isDraining = isDraining;
    }

    @Override
    public void invoke(Request request, Response response) throws IOException, ServletException {
        close(request, response);
        try {
            getNext().invoke(request, response);
        } finally {
            // Draining may have begun meanwhile, or an error may have reset the answer.
            close(request, response);
        }
    }

    private void close(Request request, Response response) {
        if (isDraining.getAsBoolean()
                && !response.isCommitted()
                && request.getProtocol().startsWith("HTTP/1.")) {
            response.setHeader("Connection", "close");
        }
    }
}
