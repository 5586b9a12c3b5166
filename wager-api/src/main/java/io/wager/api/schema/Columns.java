package io.wager.api.schema;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.Objects;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** The columns for types that SQL databases do not share: ids as 16 bytes, times as local times in UTC, names by hash. */
public final class Columns {

    private static final int UUID_BYTES = 16;

    private Columns() {}

    /**
     * An id as a parameter. SQL Server's driver sends it as {@code VARBINARY(8000)}. Cast a value that is compared with a column to the
     * column's type, {@code CAST(:id AS BINARY(16))}. Otherwise the column is converted, and its index may not be used. The same holds for
     * texts, which the driver sends as {@code NVARCHAR}, and columns of {@code VARCHAR} and {@code CHAR}.
     *
     * @param id the id
     * @return its bytes, first byte of the text first
     */
    public static byte[] bytes(UUID id) {
        return ByteBuffer.allocate(UUID_BYTES)
                .putLong(id.getMostSignificantBits())
                .putLong(id.getLeastSignificantBits())
                .array();
    }

    /**
     * A condition on a column of type {@code VARCHAR} that may have any of a few values, such as statuses; for lists of any length
     * there is {@link ListParameter}.
     *
     * @param column the column
     * @param type the column's type, to which each value is cast
     * @param parameter the values are the parameters of this name with 0, 1 and so on after it
     * @param values how many values there are, from 1
     * @return the condition
     */
    public static String isAnyOf(String column, String type, String parameter, int values) {
        return IntStream.range(0, values)
                .mapToObj(i -> "CAST(:" + parameter + i + " AS " + type + ")")
                .collect(Collectors.joining(", ", column + " IN (", ")"));
    }

    /**
     * An id as read.
     *
     * @param bytes 16 bytes
     * @return the id
     */
    public static UUID uuid(byte[] bytes) {
        var buffer = ByteBuffer.wrap(bytes);
        return new UUID(buffer.getLong(), buffer.getLong());
    }

    /**
     * An id of a row.
     *
     * @param row the row
     * @param column a column that is not null
     * @return the id
     * @throws SQLException if reading fails
     */
    public static UUID uuid(ResultSet row, String column) throws SQLException {
        return uuid(row.getBytes(column));
    }

    /**
     * An id of a row, where there may be none.
     *
     * @param row the row
     * @param column the column
     * @return the id or null
     * @throws SQLException if reading fails
     */
    public static @Nullable UUID optionalUuid(ResultSet row, String column) throws SQLException {
        var bytes = row.getBytes(column);
        return bytes == null ? null : uuid(bytes);
    }

    /**
     * A time as a parameter.
     *
     * @param instant the time
     * @return the same time in UTC, without an offset
     */
    public static LocalDateTime utc(Instant instant) {
        return LocalDateTime.ofInstant(instant, ZoneOffset.UTC);
    }

    /**
     * A time of a row.
     *
     * @param row the row
     * @param column a column that is not null
     * @return the time
     * @throws SQLException if reading fails
     */
    public static Instant instant(ResultSet row, String column) throws SQLException {
        return Objects.requireNonNull(row.getObject(column, LocalDateTime.class))
                .toInstant(ZoneOffset.UTC);
    }

    /**
     * A time of a row, where there may be none.
     *
     * @param row the row
     * @param column the column
     * @return the time or null
     * @throws SQLException if reading fails
     */
    public static @Nullable Instant optionalInstant(ResultSet row, String column) throws SQLException {
        var time = row.getObject(column, LocalDateTime.class);
        return time == null ? null : time.toInstant(ZoneOffset.UTC);
    }

    /**
     * The key by which the name of a provider or game is found.
     *
     * @param name the name
     * @return the SHA-256 of its UTF-8
     */
    public static byte[] nameHash(String name) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(name.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
