package io.wager.cli.generate;

import io.wager.core.wager.Wager;
import java.nio.charset.StandardCharsets;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.temporal.ChronoField;
import java.util.Locale;
import java.util.Objects;

/** Spells wagers as clients in the field do: two names capitalised, the time with an offset. */
final class WagerText {

    private static final Integer[] OFFSET_HOURS = {0, 1, 2, 2, 9, -5, -8};
    private static final DateTimeFormatter TIME = new DateTimeFormatterBuilder()
            .appendPattern("uuuu-MM-dd'T'HH:mm:ss")
            .appendFraction(ChronoField.NANO_OF_SECOND, 7, 7, true)
            .appendOffset("+HH:MM", "Z")
            .toFormatter(Locale.ROOT);

    private WagerText() {}

    static byte[] of(Wager wager, Mix mix) {
        return text(wager, mix.oneOf(OFFSET_HOURS)).getBytes(StandardCharsets.UTF_8);
    }

    /** The same content in other letters: names, ids and country in another case, another offset, more digits. */
    static byte[] respelt(Wager wager, Mix mix) {
        var text = text(wager, mix.oneOf(OFFSET_HOURS));
        var id = wager.wagerId().toString();
        var amount = wager.amount().toPlainString();
        return text.replace(
                        "\"amount\":" + amount,
                        "\"AMOUNT\":" + wager.amount().unscaledValue() + "0e-"
                                + (wager.amount().scale() + 1))
                .replace(id, id.toUpperCase(Locale.ROOT))
                .replace("\"wagerId\"", "\"WagerID\"")
                .replace("\"Username\"", "\"username\"")
                .replace(
                        "\"countryCode\":\"" + wager.countryCode(),
                        "\"countryCode\":\""
                                + Objects.requireNonNull(wager.countryCode()).toLowerCase(Locale.ROOT))
                .getBytes(StandardCharsets.UTF_8);
    }

    /** No text of ours has a character that JSON escapes. */
    static String text(Wager wager, int offsetHours) {
        var created = OffsetDateTime.ofInstant(wager.createdDateTime(), ZoneOffset.ofHours(offsetHours));
        return "{\"wagerId\":\"" + wager.wagerId()
                + "\",\"theme\":\"" + wager.theme()
                + "\",\"provider\":\"" + wager.provider()
                + "\",\"gameName\":\"" + wager.gameName()
                + "\",\"transactionId\":\"" + wager.transactionId()
                + "\",\"brandId\":\"" + wager.brandId()
                + "\",\"accountId\":\"" + wager.accountId().value()
                + "\",\"Username\":\"" + wager.username()
                + "\",\"externalReferenceId\":\"" + wager.externalReferenceId()
                + "\",\"transactionTypeId\":\"" + wager.transactionTypeId()
                + "\",\"amount\":" + wager.amount().toPlainString()
                + ",\"createdDateTime\":\"" + TIME.format(created)
                + "\",\"numberOfBets\":" + wager.numberOfBets()
                + ",\"countryCode\":\"" + wager.countryCode()
                + "\",\"sessionData\":\"" + wager.sessionData()
                + "\",\"Duration\":" + wager.durationMillis() + "}";
    }
}
