package io.wager.api.hostile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.MeterRegistry;
import io.wager.api.support.ApiTest;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/**
 * Requests to every operation with hostile paths, parameters, headers and bodies. {@code -Dwager.fuzz.seed} repeats a run, {@code
 * -Dwager.fuzz.requests} makes it longer.
 */
class HostileRequestsSliceTest extends ApiTest {

    private static final long SEED = Long.getLong("wager.fuzz.seed", 20_261_127);
    private static final int REQUESTS = Integer.getInteger("wager.fuzz.requests", 600);
    /** Far above what any of these takes: a request that has no answer by then hangs. */
    private static final int HANGS_MILLIS = 30_000;

    @Autowired
    private MeterRegistry meters;

    private record Operation(String method, String path) {}

    @Test
    void noneOfThemFailsTheServiceOrHangsOrIsAnsweredByAnythingButAProblem() {
        var operations = operations();
        var hostility = new Hostility(new SplittableRandom(SEED));
        List<String> wrong = new ArrayList<>();
        var answered = 0;
        for (var number = 0; number < REQUESTS && wrong.size() < 10; number++) {
            var request = request(hostility.pick(operations), hostility);
            var what = "seed " + SEED + " request " + number + ": "
                    + new String(request, 0, Math.min(request.length, 300), StandardCharsets.ISO_8859_1);
            try {
                var answer = answer(request);
                answered += answer.isEmpty() ? 0 : 1;
                var complaint = complaint(answer);
                if (complaint != null) {
                    wrong.add(complaint + " | " + what);
                }
            } catch (IOException e) {
                wrong.add(e + " | " + what);
            }
        }

        assertThat(wrong).isEmpty();
        // The others sent more than the server wanted to hear, and their answer was lost with the connection.
        assertThat(answered).as("answered of %d", REQUESTS).isGreaterThan(REQUESTS * 9 / 10);
        // Everything that they took is given back: the service is as it was.
        await().until(() -> meters.get("wager.http.memory.used").gauge().value() == 0);
        assertThat(get("/readyz").statusCode()).isEqualTo(200);
    }

    private static byte[] request(Operation operation, Hostility hostility) {
        var path = operation.path();
        while (path.contains("{")) {
            path = path.replaceFirst(
                    "\\{[^}]*}", hostility.pick(List.of("6581621c-2f86-422d-bf1e-9b92a6efb539", "HOSTILE", "HOSTILE")));
            path = path.replace("HOSTILE", hostility.inUri());
        }
        var uri = new StringBuilder(path);
        for (var separator = '?'; hostility.pick(List.of(true, true, false)); separator = '&') {
            uri.append(separator)
                    .append(hostility.pick(List.of(
                            "by",
                            "count",
                            "cursor",
                            "from",
                            "limit",
                            "page",
                            "pageSize",
                            "provider",
                            "reason",
                            "status",
                            "text",
                            "to",
                            "wagerId",
                            "x")))
                    .append('=')
                    .append(hostility.inUri());
        }
        var isGzip = hostility.pick(List.of(false, false, false, true));
        var body = isGzip ? hostility.gzip() : hostility.body();
        var head = new StringBuilder(operation.method())
                .append(' ')
                .append(uri)
                .append(" HTTP/1.1\r\nHost: a\r\nConnection: close\r\n");
        if (!operation.method().equals("GET") || body.length % 7 == 0) {
            head.append("Content-Length: ").append(body.length).append("\r\n");
            head.append(hostility.pick(List.of(
                    "Content-Type: application/json\r\n",
                    "Content-Type: application/json\r\n",
                    "Content-Type: application/x-ndjson\r\n",
                    "Content-Type: text/plain\r\n",
                    "")));
            if (isGzip) {
                head.append("Content-Encoding: gzip\r\n");
            }
        } else {
            body = new byte[0];
        }
        while (hostility.pick(List.of(true, false, false))) {
            head.append(hostility.header()).append("\r\n");
        }
        head.append("\r\n");
        var bytes = new ByteArrayOutputStream();
        bytes.writeBytes(head.toString().getBytes(StandardCharsets.ISO_8859_1));
        bytes.writeBytes(body);
        return bytes.toByteArray();
    }

    private String answer(byte[] request) throws IOException {
        try (var socket = new Socket(InetAddress.getLoopbackAddress(), port())) {
            socket.setSoTimeout(HANGS_MILLIS);
            try {
                socket.getOutputStream().write(request);
                socket.getOutputStream().flush();
            } catch (IOException refusedEarly) {
                // It answered before it had all; what it said is there to be read, or was lost with the connection.
                return "";
            }
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    /** What is wrong with an answer, or null. A connection may end without one only where the client was not heard out. */
    private static @Nullable String complaint(String answer) {
        if (answer.isEmpty()) {
            return null;
        }
        if (!answer.matches("(?s)HTTP/1\\.1 \\d{3} .*")) {
            return "no HTTP: " + answer.lines().findFirst().orElse("");
        }
        var status = Integer.parseInt(answer.substring(9, 12));
        if (status >= 500) {
            return answer;
        }
        if (status >= 400 && !answer.toLowerCase(Locale.ROOT).contains("content-type: application/problem+json")) {
            return "no problem: " + answer;
        }
        return answer.contains("\r\nSet-Cookie") ? "a header was smuggled in: " + answer : null;
    }

    private List<Operation> operations() {
        List<Operation> operations = new ArrayList<>();
        json(get("/v3/api-docs"))
                .at("/paths")
                .properties()
                .forEach(path -> path.getValue()
                        .fieldNames()
                        .forEachRemaining(method ->
                                operations.add(new Operation(method.toUpperCase(Locale.ROOT), path.getKey()))));
        assertThat(operations).hasSizeGreaterThanOrEqualTo(25);
        return operations;
    }
}
