package io.wager.cli.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import io.wager.cli.api.Answer.Fault;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BodiesTest {

    private static final UUID ID = UUID.fromString("6581621c-2f86-422d-bf1e-9b92a6efb539");

    @ParameterizedTest
    @ValueSource(strings = {"12345678901234567890.123456789012345678", "0.100", "1e3", "9007199254740993", "0"})
    void amountsAreReadToTheLastDigit(String amount) throws IOException {
        var history = Bodies.history(bytes("{\"data\":[{\"amount\":" + amount + "}],\"total\":1}"));
        var spenders = Bodies.spenders(
                bytes("[{\"accountId\":\"" + ID + "\",\"username\":\"Zoë\",\"totalAmountSpend\":" + amount + "}]"));

        assertThat(history.data()).containsExactly(new Bodies.HistoryItem(new BigDecimal(amount)));
        assertThat(spenders).containsExactly(new Spender(ID, "Zoë", new BigDecimal(amount)));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "<html>",
                "[]",
                "null",
                "{}",
                "{\"data\":[null]}",
                "{\"data\":[{}]}",
                "{\"data\":[{\"amount\":\"1\"}]}",
                "{\"data\":[],\"total\":1.5}",
                "{\"data\":[]} {}"
            })
    void whatIsNoHistoryIsRefused(String body) {
        assertThatIOException().isThrownBy(() -> Bodies.history(bytes(body)));
    }

    @Test
    void fatesOfOtherWagersAreRefused() {
        var fates = bytes("{\"fates\":[{\"wagerId\":\"" + ID + "\",\"status\":\"stored\",\"conflicts\":0}]}");

        assertThatIOException().isThrownBy(() -> Bodies.fates(fates, List.of()));
    }

    @Test
    void receiptsTellWhatIsRetryableAndWhatIsWrong() throws IOException {
        var receipts = Bodies.receipts(bytes("""
                        {"accepted": 1, "items": [
                          {"index": 0, "status": "accepted"},
                          {"index": 1, "status": "failed", "retryable": true, "problem": {"title": "The broker is away"}},
                          {"index": 2, "status": "failed", "problem": {}},
                          {"index": 3, "status": "rejected", "problem": {"errors": [{"code": "required"}]}},
                          {"index": 4, "status": "rejected", "problem": {"type": "urn:wager:problem:malformed-json"}}]}
                        """), 5);

        assertThat(receipts)
                .containsExactly(
                        new Receipt.Accepted(),
                        new Receipt.Failed(true, "The broker is away"),
                        new Receipt.Failed(false, "no reason given"),
                        new Receipt.Rejected(null, List.of(new Fault("", "required", ""))),
                        new Receipt.Rejected(null, List.of(new Fault("", "malformed-json", ""))));
    }

    @Test
    void receiptsThatAreNotThoseOfTheBatchAreRefused() {
        var one = "{\"items\":[{\"index\":%d,\"status\":\"%s\"}]}";

        assertThatIOException().isThrownBy(() -> Bodies.receipts(bytes(one.formatted(1, "accepted")), 1));
        assertThatIOException().isThrownBy(() -> Bodies.receipts(bytes(one.formatted(0, "accepted")), 2));
        assertThatIOException().isThrownBy(() -> Bodies.receipts(bytes(one.formatted(0, "lost")), 1));
        assertThatIOException().isThrownBy(() -> Bodies.receipts(bytes(one.formatted(0, "rejected")), 1));
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
