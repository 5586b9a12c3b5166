package io.wager.consumer.deadletter;

import io.wager.consumer.store.IdBytes;
import io.wager.core.messaging.HeaderJson;
import io.wager.core.wager.Timestamps;
import java.io.ByteArrayInputStream;
import java.sql.Types;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.namedparam.MapSqlParameterSource;
import org.springframework.jdbc.core.namedparam.SqlParameterSource;
import org.springframework.jdbc.core.support.SqlBinaryValue;

/** A failure as the statements of the archive name its parts, for one use. */
final class FailureParameters {

    private static final int PROPERTY_LIMIT_CHARS = 255;
    private static final int DETAIL_LIMIT_CHARS = 2_048;

    private FailureParameters() {}

    static SqlParameterSource of(DeadLetterFailure failure, Instant now) {
        var message = failure.message();
        var wager = failure.wager();
        return new MapSqlParameterSource()
                .addValue("now", utc(now))
                .addValue("id", IdBytes.of(failure.identity().deadLetterId()))
                .addValue("failureKey", failure.identity().failureKey())
                .addValue("requeueNumber", failure.requeueNumber())
                .addValue(
                        "eventRequeueNumber", failure.requeue() == null ? null : failure.requeueNumber(), Types.INTEGER)
                .addValue("reason", failure.reason().wireForm())
                .addValue("fingerprint", failure.fingerprint().value())
                .addValue("title", failure.fingerprint().title())
                .addValue("exceptionType", failure.failure().type())
                .addValue("exceptionMessage", failure.failure().message())
                .addValue("detail", ColumnText.fit(failure.failure().message(), DETAIL_LIMIT_CHARS))
                .addValue("stackTrace", failure.failure().stackTrace())
                .addValue("wagerId", IdBytes.ofNullable(wager.wagerId()), Types.VARBINARY)
                .addValue("accountId", IdBytes.ofNullable(wager.accountId()), Types.VARBINARY)
                .addValue("provider", wager.provider(), Types.VARCHAR)
                .addValue("searchText", failure.searchText())
                .addValue("firstFailedAt", utc(failure.firstFailedAt()))
                .addValue("failedAt", utc(failure.failedAt()))
                // A stream, since H2 takes no more than 1 MiB as an array.
                .addValue("body", new SqlBinaryValue(new ByteArrayInputStream(message.body()), message.body().length))
                .addValue("messageId", property(message.messageId()), Types.VARCHAR)
                .addValue("messageType", property(message.type()), Types.VARCHAR)
                .addValue("contentType", property(message.contentType()), Types.VARCHAR)
                .addValue("correlationId", property(message.correlationId()), Types.VARCHAR)
                .addValue("publishedAt", published(message.timestamp()), Types.TIMESTAMP)
                .addValue("headers", ColumnText.fit(HeaderJson.write(message.headers()), Integer.MAX_VALUE));
    }

    private static @Nullable String property(@Nullable String text) {
        return ColumnText.fitNullable(text, PROPERTY_LIMIT_CHARS);
    }

    /** A transport can say times that no column keeps. */
    private static @Nullable LocalDateTime published(@Nullable Instant time) {
        return time == null || time.isBefore(Timestamps.EARLIEST) || !time.isBefore(Timestamps.END) ? null : utc(time);
    }

    private static LocalDateTime utc(Instant instant) {
        return LocalDateTime.ofInstant(instant, ZoneOffset.UTC);
    }
}
