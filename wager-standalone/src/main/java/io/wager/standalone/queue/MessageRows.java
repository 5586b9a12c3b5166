package io.wager.standalone.queue;

import io.wager.core.messaging.Destination;
import io.wager.core.messaging.HeaderJson;
import io.wager.core.messaging.Message;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;

/** A message as a row of its queue's table, both ways. */
final class MessageRows {

    /** In the order of {@link #bind}. */
    static final String COLUMNS =
            "id, exchange, routing_key, message_id, type, content_type, correlation_id, published_at, headers, body";

    private MessageRows() {}

    /** Sets the parameters of an insert of {@link #COLUMNS}. */
    static void bind(PreparedStatement statement, StoredMessage stored) throws SQLException {
        var message = stored.message();
        var timestamp = message.timestamp();
        statement.setLong(1, stored.id());
        statement.setString(2, stored.origin().exchange());
        statement.setString(3, stored.origin().routingKey());
        statement.setString(4, message.messageId());
        statement.setString(5, message.type());
        statement.setString(6, message.contentType());
        statement.setString(7, message.correlationId());
        statement.setObject(8, timestamp == null ? null : timestamp.atOffset(ZoneOffset.UTC));
        statement.setString(9, HeaderJson.write(message.headers()));
        statement.setBytes(10, message.body());
    }

    /** Makes a message of a row of {@link #COLUMNS}. */
    static StoredMessage read(ResultSet row) throws SQLException {
        var publishedAt = row.getObject("published_at", OffsetDateTime.class);
        var message = new Message(
                row.getString("message_id"),
                row.getString("type"),
                row.getString("content_type"),
                row.getString("correlation_id"),
                publishedAt == null ? null : publishedAt.toInstant(),
                HeaderJson.read(row.getString("headers")),
                row.getBytes("body"));
        return new StoredMessage(
                row.getLong("id"), new Destination(row.getString("exchange"), row.getString("routing_key")), message);
    }
}
