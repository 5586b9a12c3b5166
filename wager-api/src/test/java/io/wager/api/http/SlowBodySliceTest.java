package io.wager.api.http;

import static io.wager.testkit.WagerBuilder.aWager;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.resilience4j.bulkhead.Bulkhead;
import io.github.resilience4j.bulkhead.BulkheadRegistry;
import io.wager.api.support.ApiTest;
import io.wager.core.wager.WagerEncoder;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;

class SlowBodySliceTest extends ApiTest {

    private static final int CLIENTS = 8;

    @Autowired
    private MemoryBudget budget;

    @Autowired
    private BulkheadRegistry bulkheads;

    /** One after the other each of these would wait for the whole time that a body has. */
    @Test
    void clientsThatSendSlowlyAreCutOffAndHoldNothingThatOthersNeed() throws Exception {
        var length = "Content-Length: 1000000\r\n";
        var chunked = "Transfer-Encoding: chunked\r\n";
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<String>> trickling = new ArrayList<>();
            for (var client = 0; client < CLIENTS; client++) {
                trickling.add(threads.submit(slowly(head(SINGLE, length), " ")));
                trickling.add(threads.submit(slowly(head(BATCH, chunked), "1\r\n \r\n")));
            }
            List<Future<String>> silent = List.of(
                    threads.submit(slowly(head(SINGLE, length), "")),
                    threads.submit(slowly(head("/api/player/casinowager/fates", length), "")));
            // Refused at once, and then only read past.
            var unread = threads.submit(slowly(head("/nowhere", length), " "));
            await().until(() -> budget.used() > 0);

            assertThat(bulkheads.getAllBulkheads())
                    .extracting(Bulkhead::getMetrics)
                    .allMatch(room -> room.getAvailableConcurrentCalls() == room.getMaxAllowedConcurrentCalls());
            assertThat(post(SINGLE, one()).statusCode()).isEqualTo(200);
            assertThat(post(BATCH, "[" + one() + "]").statusCode()).isEqualTo(200);
            assertThat(budget.used()).isLessThanOrEqualTo((2 * CLIENTS + 3) * MemoryBudget.weightOf(2_048));
            for (var client : trickling) {
                assertThat(client.get()).startsWith("HTTP/1.1 408").contains("urn:wager:problem:body-too-slow");
            }
            for (var client : silent) {
                assertThat(client.get()).startsWith("HTTP/1.1 408").contains("urn:wager:problem:body-too-slow");
            }
            assertThat(unread.get()).startsWith("HTTP/1.1 404");
        }
        await().until(() -> budget.used() == 0);
    }

    @ParameterizedTest
    @ValueSource(strings = {"POST", "PUT", "DELETE"})
    void formsAreNotReadWhereNobodyTakesThem(String method) {
        for (var type : List.of("application/x-www-form-urlencoded", "multipart/form-data; boundary=x")) {
            var form = "--x\r\nContent-Disposition: form-data; name=a\r\n\r\n" + "b".repeat(100_000) + "\r\n--x--\r\n";

            var response = send(
                    request(SINGLE).header("Content-Type", type).method(method, BodyPublishers.ofString("a=" + form)));

            assertThat(response.statusCode()).isIn(405, 415);
        }
        await().until(() -> budget.used() == 0);
    }

    @Test
    void aClientThatWaitsToBeToldLearnsThatThereIsNoRoomWithoutSending() throws Exception {
        var taken = 0L;
        while (budget.hasRoomFor(1_000_000) && budget.tryTake(1_000_000, 1_000_000)) {
            taken += 1_000_000;
        }
        try {
            var answer = sendRaw(head(SINGLE, "Content-Length: 1000000\r\nExpect: 100-continue\r\n"));

            assertThat(answer)
                    .startsWith("HTTP/1.1 503")
                    .contains("urn:wager:problem:bodies-saturated")
                    .contains("Retry-After: 1")
                    .doesNotContain("100 Continue");
            assertThat(post(SINGLE, one()).statusCode()).as("small wagers").isEqualTo(200);
        } finally {
            budget.giveBack(taken);
        }
        await().until(() -> budget.used() == 0);
    }

    @Test
    void aClientThatWaitsToBeToldMaySendWhereThereIsRoom() throws Exception {
        var wager = one();

        var answer = sendRaw(head(
                        SINGLE,
                        "Content-Length: " + wager.length() + "\r\nExpect: 100-continue\r\n" + "Connection: close\r\n")
                + wager);

        assertThat(answer).startsWith("HTTP/1.1 100").contains("HTTP/1.1 200");
        await().until(() -> budget.used() == 0);
    }

    private Callable<String> slowly(String head, String piece) {
        return () -> {
            try (var socket = new Socket(InetAddress.getLoopbackAddress(), port())) {
                // Waiting for the answer is the pause between two pieces.
                socket.setSoTimeout(100);
                socket.getOutputStream().write(head.getBytes(StandardCharsets.ISO_8859_1));
                var answer = new ByteArrayOutputStream();
                while (!isRead(socket, answer)) {
                    socket.getOutputStream().write(piece.getBytes(StandardCharsets.ISO_8859_1));
                }
                return answer.toString(StandardCharsets.UTF_8);
            }
        };
    }

    /** Whether the answer has been read to the end of the connection. */
    private static boolean isRead(Socket socket, ByteArrayOutputStream answer) throws IOException {
        try {
            socket.getInputStream().transferTo(answer);
            return true;
        } catch (SocketTimeoutException notYet) {
            return false;
        } catch (SocketException closed) {
            // What was under way when the server closed is answered by a reset.
            return answer.size() > 0;
        }
    }

    private static String head(String path, String lengthHeader) {
        return "POST " + path + " HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\n" + lengthHeader + "\r\n";
    }

    private static String one() {
        return new String(WagerEncoder.encode(aWager().build()), StandardCharsets.UTF_8);
    }
}
