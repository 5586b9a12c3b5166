package io.wager.cli.api;

import com.fasterxml.jackson.annotation.JsonSetter;
import com.fasterxml.jackson.annotation.Nulls;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.wager.cli.api.Answer.Fault;
import java.io.IOException;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The bodies of requests and answers. Amounts are read as exact decimals; what is not as expected is an {@link IOException}. */
final class Bodies {

    private static final JsonMapper JSON = JsonMapper.builder()
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES, DeserializationFeature.ACCEPT_FLOAT_AS_INT)
            .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES, DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .disable(MapperFeature.ALLOW_COERCION_OF_SCALARS)
            .defaultSetterInfo(JsonSetter.Value.forContentNulls(Nulls.FAIL))
            .build();

    private Bodies() {}

    static byte[] ofFates(List<UUID> wagerIds) {
        try {
            return JSON.writeValueAsBytes(Map.of("wagerIds", wagerIds));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("ids can't be written", e);
        }
    }

    static List<Fate> fates(byte[] body, List<UUID> wagerIds) throws IOException {
        var fates = read(body, Fates.class).fates();
        if (!fates.stream().map(Fate::wagerId).toList().equals(wagerIds)) {
            throw new IOException("the fates are not those of the wagers asked for");
        }
        return fates;
    }

    static List<Spender> spenders(byte[] body) throws IOException {
        var spenders = Arrays.asList(read(body, Spender[].class));
        if (spenders.contains(null)) {
            throw new IOException("a spender is null");
        }
        return List.copyOf(spenders);
    }

    static History history(byte[] body) throws IOException {
        return read(body, History.class);
    }

    static List<Receipt> receipts(byte[] body, int expected) throws IOException {
        List<Receipt> receipts = new ArrayList<>(expected);
        for (var item : read(body, Batch.class).items()) {
            if (item.index() != receipts.size()) {
                throw new IOException("the receipts are not in the order sent");
            }
            receipts.add(receipt(item));
        }
        if (receipts.size() != expected) {
            throw new IOException("there are " + receipts.size() + " receipts for " + expected + " wagers");
        }
        return receipts;
    }

    private static Receipt receipt(BatchItem item) throws IOException {
        return switch (item.status()) {
            case "accepted" -> new Receipt.Accepted();
            case "rejected" ->
                new Receipt.Rejected(item.wagerId(), problem(item).faults());
            case "failed" ->
                new Receipt.Failed(
                        Boolean.TRUE.equals(item.retryable()), problem(item).reason());
            default -> throw new IOException("a receipt has the status " + item.status());
        };
    }

    private static Problem problem(BatchItem item) throws IOException {
        if (item.problem() == null) {
            throw new IOException("a receipt has no problem");
        }
        return item.problem();
    }

    static List<Fault> faults(byte[] body, int status) {
        try {
            return read(body, Problem.class).faults();
        } catch (IOException e) {
            // Something before the API refused, such as a proxy: the status is all there is to tell.
            return List.of(new Fault("", "status-" + status, "refused with status " + status));
        }
    }

    /** Status and title of a problem; the status alone where the body is none. */
    static String reason(byte[] body, int status) {
        try {
            return "status " + status + ": " + read(body, Problem.class).reason();
        } catch (IOException e) {
            return "status " + status;
        }
    }

    private static <T> T read(byte[] body, Class<T> type) throws IOException {
        var value = JSON.readValue(body, type);
        if (value == null) {
            throw new IOException("the answer is null");
        }
        return value;
    }

    record Fates(List<Fate> fates) {
        Fates {
            Objects.requireNonNull(fates, "the answer has no fates");
        }
    }

    record History(List<HistoryItem> data, @Nullable Long total) {
        History {
            Objects.requireNonNull(data, "the answer has no data");
        }
    }

    record HistoryItem(BigDecimal amount) {
        HistoryItem {
            Objects.requireNonNull(amount, "a wager has no amount");
        }
    }

    record Batch(List<BatchItem> items) {
        Batch {
            Objects.requireNonNull(items, "the answer has no items");
        }
    }

    record BatchItem(
            Integer index,
            String status,
            @Nullable String wagerId,
            @Nullable Boolean retryable,
            @Nullable Problem problem) {
        BatchItem {
            Objects.requireNonNull(index, "a receipt has no index");
            Objects.requireNonNull(status, "a receipt has no status");
        }
    }
}
