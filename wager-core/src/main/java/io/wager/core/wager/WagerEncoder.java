package io.wager.core.wager;

import com.fasterxml.jackson.core.JsonEncoding;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.util.JsonRecyclerPools;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Writes wagers as JSON in the contract's own spelling, without absent properties. Keeps no state. */
public final class WagerEncoder {

    private static final JsonFactory JSON = JsonFactory.builder()
            // The default keeps buffers by thread, and a virtual thread lives for one request.
            .recyclerPool(JsonRecyclerPools.sharedConcurrentDequePool())
            .build();

    private WagerEncoder() {}

    /**
     * The body of a wager's message.
     *
     * @param wager the wager
     * @return JSON in UTF-8, which {@link WagerDecoder} reads back to an equal wager
     */
    public static byte[] encode(Wager wager) {
        var bytes = new ByteArrayOutputStream(1024);
        try (var json = JSON.createGenerator(bytes, JsonEncoding.UTF8)) {
            write(wager, json);
        } catch (IOException e) {
            throw new UncheckedIOException("writing to memory failed", e);
        }
        return bytes.toByteArray();
    }

    /**
     * Writes a wager as a JSON object.
     *
     * @param wager the wager
     * @param json where to
     * @throws IOException if writing fails
     */
    public static void write(Wager wager, JsonGenerator json) throws IOException {
        json.writeStartObject();
        write(json, Property.WAGER_ID, wager.wagerId().value());
        write(json, Property.ACCOUNT_ID, wager.accountId().value());
        write(json, Property.USERNAME, wager.username());
        write(json, Property.PROVIDER, wager.provider());
        write(json, Property.GAME_NAME, wager.gameName());
        write(json, Property.THEME, wager.theme());
        json.writeFieldName(Property.AMOUNT.jsonName());
        json.writeNumber(wager.amount().toPlainString());
        write(json, Property.CREATED_DATE_TIME, Timestamps.format(wager.createdDateTime()));
        write(json, Property.TRANSACTION_ID, wager.transactionId());
        write(json, Property.BRAND_ID, wager.brandId());
        write(json, Property.EXTERNAL_REFERENCE_ID, wager.externalReferenceId());
        write(json, Property.TRANSACTION_TYPE_ID, wager.transactionTypeId());
        var bets = wager.numberOfBets();
        write(json, Property.NUMBER_OF_BETS, bets == null ? null : Long.valueOf(bets));
        write(json, Property.COUNTRY_CODE, wager.countryCode());
        write(json, Property.SESSION_DATA, wager.sessionData());
        write(json, Property.DURATION, wager.durationMillis());
        json.writeEndObject();
    }

    private static void write(JsonGenerator json, Property property, @Nullable UUID id) throws IOException {
        write(json, property, id == null ? null : id.toString());
    }

    private static void write(JsonGenerator json, Property property, @Nullable String text) throws IOException {
        if (text != null) {
            json.writeStringField(property.jsonName(), text);
        }
    }

    private static void write(JsonGenerator json, Property property, @Nullable Long number) throws IOException {
        if (number != null) {
            json.writeNumberField(property.jsonName(), number);
        }
    }
}
