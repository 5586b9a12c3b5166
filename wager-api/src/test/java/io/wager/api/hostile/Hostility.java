package io.wager.api.hostile;

import static io.wager.testkit.WagerBuilder.aWager;

import io.wager.core.wager.WagerEncoder;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.regex.Matcher;
import java.util.zip.GZIPOutputStream;

/** Makes hostile parts of requests. The same generator makes the same ones. */
final class Hostility {

    private static final List<String> TEXTS = List.of(
            "' OR 1=1 --",
            "'; DROP TABLE wager; --",
            "1); SHUTDOWN; --",
            "\" OR \"\"=\"",
            "%' ESCAPE '\\",
            "${jndi:ldap://127.0.0.1:1/x}",
            "#{T(java.lang.Runtime).getRuntime().exit(1)}",
            "<script>alert(1)</script>",
            "../../../../etc/passwd",
            "..\\..\\windows",
            "\u0000",
            "\r\nSet-Cookie: x=1",
            "\uD800",
            "\uDFFF\uD800",
            "\u202E\u0130\u017F",
            "𝔘𝔫𝔦",
            "null",
            "NaN",
            "-0",
            "1e1000000",
            "1e-1000000",
            "99999999999999999999999999999999999999",
            "9".repeat(5_000),
            "0." + "0".repeat(5_000) + "1",
            "2026-13-45",
            "+999999999-12-31",
            "-999999999-01-01T00:00:00Z",
            "9999-12-31T23:59:59.999999999+18:00",
            "00000000-0000-0000-0000-000000000000",
            "6581621c-2f86-422d-bf1e-9b92a6efb53",
            "x".repeat(3_000),
            "");

    private static final List<String> HEADERS = List.of(
            "Content-Encoding: gzip, gzip",
            "Content-Encoding: br",
            "Accept: */*;q=2, ,;;,text/",
            "Accept: " + "a/b,".repeat(500),
            "Accept-Language: " + "x".repeat(2_000),
            "Content-Type: application/json; charset=utf-7",
            "Content-Type: application/json; charset=\"",
            "Content-Type: ;;;",
            "X-HTTP-Method-Override: DELETE",
            "X-Actor: \u0001\u0002",
            "X-Actor: " + "a".repeat(3_000),
            "X-Correlation-Id: " + "c".repeat(3_000),
            "traceparent: 00-ffffffffffffffffffffffffffffffff-0000000000000000-01",
            "traceparent: zz",
            "If-None-Match: \"" + "e".repeat(1_000),
            "Range: bytes=0-,0-,0-,0-,0-",
            "Cookie: " + "a=b; ".repeat(400),
            "Forwarded: host=\"a;b\";proto=\"",
            "Expect: 200-maybe",
            "X-Api-Key: wgr_a_b_c",
            "Origin: null");

    private final RandomGenerator random;

    Hostility(RandomGenerator random) {
        this.random = random;
    }

    String text() {
        return pick(TEXTS);
    }

    String header() {
        return pick(HEADERS);
    }

    /** Text as it may stand in a path or a query: mostly encoded, at times not quite. */
    String inUri() {
        if (random.nextInt(8) == 0) {
            return pick(
                    List.of("%", "%zz", "%c0%af", "%00", "%2e%2e%2f", "%uD800", ";x=1", "//", "%ff%fe", "%25%32%66"));
        }
        return URLEncoder.encode(text(), StandardCharsets.UTF_8);
    }

    byte[] body() {
        return switch (random.nextInt(12)) {
            case 0 -> new byte[0];
            case 1 -> bytes(random.nextInt(400));
            case 2 -> ("[".repeat(20_000) + "]".repeat(random.nextInt(20_000))).getBytes(StandardCharsets.UTF_8);
            case 3 -> ("{\"a\":".repeat(5_000) + "1" + "}".repeat(5_000)).getBytes(StandardCharsets.UTF_8);
            case 4 -> ("{\"amount\":1" + "0".repeat(random.nextInt(100_000)) + "}").getBytes(StandardCharsets.UTF_8);
            case 5 -> "{\"amount\":1e2147483647,\"amount\":-1e-2147483648}".getBytes(StandardCharsets.UTF_8);
            case 6 -> wager().getBytes(StandardCharsets.UTF_16);
            case 7 -> ("\uFEFF" + wager()).getBytes(StandardCharsets.UTF_8);
            case 8 -> damaged(wager().getBytes(StandardCharsets.UTF_8));
            case 9 -> ("[" + "null,".repeat(random.nextInt(2_000)) + "{}]").getBytes(StandardCharsets.UTF_8);
            case 10 -> wagerWith(text()).getBytes(StandardCharsets.UTF_8);
            default ->
                ("{\"filter\":{\"text\":\"" + random.nextInt() + "\",\"" + random.nextInt()
                                + "\":[[]]},\"ids\":{},\"wagerIds\":[1,null,\"x\",{}],\"body\":\"\\ud800\"}")
                        .getBytes(StandardCharsets.UTF_8);
        };
    }

    /** A gzip body: honest, cut off, damaged, or of far more than it seems. */
    byte[] gzip() {
        var inflated = random.nextInt(40) == 0 ? new byte[20_000_000] : body();
        var out = new ByteArrayOutputStream();
        try (var gzip = new GZIPOutputStream(out)) {
            gzip.write(inflated);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        var bytes = out.toByteArray();
        return switch (random.nextInt(3)) {
            case 0 -> Arrays.copyOf(bytes, bytes.length / 2);
            case 1 -> damaged(bytes);
            default -> bytes;
        };
    }

    <T> T pick(List<T> choices) {
        return choices.get(random.nextInt(choices.size()));
    }

    private static String wager() {
        return new String(WagerEncoder.encode(aWager().build()), StandardCharsets.UTF_8);
    }

    /** One property replaced by text as JSON escapes it, or as it does not. */
    private String wagerWith(String text) {
        var name = pick(List.of("wagerId", "accountId", "username", "provider", "amount", "createdDateTime"));
        var value = random.nextBoolean() ? "\"" + text.replace("\\", "\\\\").replace("\"", "\\\"") + "\"" : text;
        return wager().replaceFirst(
                        "\"" + name + "\":(\"[^\"]*\"|[0-9.]+)", "\"" + name + "\":" + Matcher.quoteReplacement(value));
    }

    private byte[] damaged(byte[] bytes) {
        for (var i = 0; i < 3 && bytes.length > 0; i++) {
            bytes[random.nextInt(bytes.length)] = (byte) random.nextInt();
        }
        return bytes;
    }

    private byte[] bytes(int length) {
        var bytes = new byte[length];
        random.nextBytes(bytes);
        return bytes;
    }
}
