package io.wager.api.http;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.WriteListener;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpServletResponseWrapper;
import java.io.IOException;
import org.springframework.http.MediaType;
import org.springframework.stereotype.Component;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Lets small JSON answers go out whole. Spring flushes each answer that it writes, which sends it off before the server knows its length:
 * in chunks, and compressed however small. What is streamed is none of {@code application/json}, and goes out as it comes.
 */
@Component
final class WholeAnswersFilter extends OncePerRequestFilter {

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        chain.doFilter(request, new HttpServletResponseWrapper(response) {
            @Override
            public ServletOutputStream getOutputStream() throws IOException {
                return new WholeStream(response, super.getOutputStream());
            }

            @Override
            public void flushBuffer() throws IOException {
                if (!isJson(response)) {
                    super.flushBuffer();
                }
            }
        });
    }

    private static boolean isJson(HttpServletResponse response) {
        var type = response.getContentType();
        return type != null && type.startsWith(MediaType.APPLICATION_JSON_VALUE);
    }

    /** Passes everything on but the wish to send what is there of an answer in JSON. */
    private static final class WholeStream extends ServletOutputStream {

        private final HttpServletResponse response;
        private final ServletOutputStream stream;

        WholeStream(HttpServletResponse response, ServletOutputStream stream) {
            this.response = response;
            this.stream = stream;
        }

        @Override
        public void flush() throws IOException {
            if (!isJson(response)) {
                stream.flush();
            }
        }

        @Override
        public void write(int oneByte) throws IOException {
            stream.write(oneByte);
        }

        @Override
        public void write(byte[] bytes, int offset, int length) throws IOException {
            stream.write(bytes, offset, length);
        }

        @Override
        public void close() throws IOException {
            stream.close();
        }

        @Override
        public boolean isReady() {
            return stream.isReady();
        }

        @Override
        public void setWriteListener(WriteListener listener) {
            stream.setWriteListener(listener);
        }
    }
}
