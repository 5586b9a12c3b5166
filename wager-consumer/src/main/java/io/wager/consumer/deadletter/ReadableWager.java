package io.wager.consumer.deadletter;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.wager.core.messaging.Message;
import io.wager.core.wager.Uuids;
import java.io.IOException;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What can be read of a wager in a body that need not be one: the rest may be missing, wrong, or not even JSON.
 *
 * @param wagerId by the body, or else by the message's id
 * @param accountId the player
 * @param provider the provider's name, cut to its column
 */
record ReadableWager(
        @Nullable UUID wagerId,
        @Nullable UUID accountId,
        @Nullable String provider) {

    private static final Logger LOG = LoggerFactory.getLogger(ReadableWager.class);
    private static final JsonFactory JSON = new JsonFactory();
    private static final int PROVIDER_LIMIT_CHARS = 200;

    static ReadableWager of(Message message) {
        var draft = new Draft();
        try (var json = JSON.createParser(message.body())) {
            draft.read(json);
        } catch (IOException e) {
            // What came before the place where it broke is kept.
            LOG.debug("dead letter is not well-formed JSON messageId={} cause={}", message.messageId(), e.getClass());
        }
        if (draft.wagerId == null && message.messageId() != null) {
            draft.wagerId = Uuids.parse(message.messageId()).orElse(null);
        }
        return new ReadableWager(draft.wagerId, draft.accountId, draft.provider);
    }

    private static final class Draft {

        private @Nullable UUID wagerId;
        private @Nullable UUID accountId;
        private @Nullable String provider;

        private void read(JsonParser json) throws IOException {
            if (json.nextToken() != JsonToken.START_OBJECT) {
                return;
            }
            for (var name = json.nextFieldName(); name != null; name = json.nextFieldName()) {
                var token = json.nextToken();
                if (token == JsonToken.VALUE_STRING) {
                    take(name, json.getText());
                } else {
                    json.skipChildren();
                }
            }
        }

        private void take(String name, String value) {
            switch (name.toLowerCase(Locale.ROOT)) {
                case "wagerid" -> wagerId = uuid(value).orElse(wagerId);
                case "accountid" -> accountId = uuid(value).orElse(accountId);
                case "provider" -> provider = ColumnText.fit(value, PROVIDER_LIMIT_CHARS);
                default -> {
                    // Not looked for.
                }
            }
        }

        private static Optional<UUID> uuid(String value) {
            return Uuids.parse(value);
        }
    }
}
