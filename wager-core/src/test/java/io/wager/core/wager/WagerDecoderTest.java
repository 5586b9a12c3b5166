package io.wager.core.wager;

import static io.wager.core.wager.WagerJson.faultsOf;
import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class WagerDecoderTest {

    private final WagerDecoder decoder = new WagerDecoder(Duration.ofMinutes(5));

    @Test
    void propertyNamesAreMatchedInAnyLetterCase() {
        var wager = WagerJson.valid()
                .without("username")
                .with("USERName", "\"Zoë\"")
                .with("Duration", "3355184")
                .with("cOUNTRYcODE", "\"se\"")
                .decodeValid();

        assertThat(wager.username()).isEqualTo("Zoë");
        assertThat(wager.durationMillis()).isEqualTo(3_355_184L);
        assertThat(wager.countryCode()).isEqualTo("SE");
    }

    @Test
    void aLetterThatOnlyUnicodeFoldsIsAnotherName() {
        // U+212A, the Kelvin sign, is a k to String.toLowerCase. The contract's names are ASCII.
        var verdict = WagerJson.decode("{\"bran\\u212AId\":1}");

        assertThat(faultsOf(verdict)).doesNotContain("/brandId wrong-type");
    }

    @Test
    void unknownPropertiesAreIgnoredWhateverTheyHold() {
        var wager = WagerJson.valid()
                .with("extra", "{\"wagerId\":[1,{\"amount\":\"x\"}]}")
                .decodeValid();

        assertThat(wager.wagerId().toString()).isEqualTo("6581621c-2f86-422d-bf1e-9b92a6efb539");
    }

    @ParameterizedTest
    @CsvSource({
        "0, 0",
        "-0, 0",
        "-0.000e7, 0",
        "0e5, 0",
        "10, 10",
        "10.50, 10.5",
        "1e3, 1000",
        "1.5E+2, 150",
        "12345e-3, 12.345",
        "0.000000000000000001, 0.000000000000000001",
        "999999999999999.999999999999999999, 999999999999999.999999999999999999",
        "999999999999999.99999999999999999900000, 999999999999999.999999999999999999",
        "0.0000000000000000010e0000001, 0.00000000000000001",
        "1000000000000000000000e-18, 1000",
    })
    void amountsAreReadExactly(String literal, BigDecimal expected) {
        var wager = WagerJson.valid().with("amount", literal).decodeValid();

        assertThat(wager.amount()).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({
        "-0.01, out-of-range",
        "1e15, too-many-digits",
        "1000000000000000, too-many-digits",
        "0.0000000000000000001, too-many-digits",
        "999999999999999.9999999999999999991, too-many-digits",
        "1e999999999999, too-many-digits",
        "1e-999999999999, too-many-digits",
        "0e9999999, too-many-digits",
        "1E2147483648, too-many-digits",
        "\"12.5\", wrong-type",
        "true, wrong-type",
        "[12.5], wrong-type",
        "{}, wrong-type",
        "null, required",
    })
    void amountsThatCannotBeKeptAreRejected(String literal, String code) {
        var verdict = WagerJson.valid().with("amount", literal).decode();

        assertThat(faultsOf(verdict)).containsExactly("/amount " + code);
    }

    @Test
    void aNumberOfAbsurdLengthIsRejectedWithItsPointer() {
        var verdict =
                WagerJson.valid().with("amount", "1" + "0".repeat(100_000)).decode();

        assertThat(faultsOf(verdict)).containsExactly("/amount too-many-digits");
    }

    @ParameterizedTest
    @CsvSource({
        "2026-05-18T00:04:10.4947679+02:00, 2026-05-17T22:04:10.494767900Z",
        "2026-05-18t00:04:10z, 2026-05-18T00:04:10Z",
        "2026-05-18T00:04:10.123456789Z, 2026-05-18T00:04:10.123456700Z",
        "2026-05-18T00:04:10.1-00:00, 2026-05-18T00:04:10.100Z",
        "0001-01-01T00:00:00Z, 0001-01-01T00:00:00Z",
        "2024-02-29T23:59:59-23:59, 2024-03-01T23:58:59Z",
        "2026-11-21T12:05:00Z, 2026-11-21T12:05:00Z",
    })
    void timesAreKeptTo100NanosecondsInUtc(String text, Instant expected) {
        var wager =
                WagerJson.valid().with("createdDateTime", "\"" + text + "\"").decodeValid();

        assertThat(wager.createdDateTime()).isEqualTo(expected);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "2026-05-18T00:04:10",
                "2026-05-18",
                "2026-05-18 00:04:10Z",
                "2026-05-18T00:04Z",
                "2026-5-18T00:04:10Z",
                "2026-02-29T00:04:10Z",
                "2026-05-18T24:00:00Z",
                "2026-05-18T00:04:60Z",
                "2026-05-18T00:04:10.Z",
                "2026-05-18T00:04:10.1234567890Z",
                "2026-05-18T00:04:10+24:00",
                "2026-05-18T00:04:10+0200",
                "2026-05-18T00:04:10ZZ",
                "0000-12-31T23:59:59Z",
                "0001-01-01T00:00:00+00:01",
                "9999-12-31T23:59:59-00:01",
                "٢٠٢٦-05-18T00:04:10Z",
                "",
            })
    void whatIsNoTimestampIsRejected(String text) {
        var verdict =
                WagerJson.valid().with("createdDateTime", "\"" + text + "\"").decode();

        assertThat(faultsOf(verdict)).containsExactly("/createdDateTime not-a-timestamp");
    }

    @Test
    void aTimeFurtherAheadThanTheAllowedSkewIsRejected() {
        var verdict = WagerJson.valid()
                .with("createdDateTime", "\"2026-11-21T12:05:00.0000001Z\"")
                .decode();

        assertThat(faultsOf(verdict)).containsExactly("/createdDateTime in-the-future");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "6581621c2f86422dbf1e9b92a6efb539",
                "6581621c-2f86-422d-bf1e-9b92a6efb53",
                "1-1-1-1-1",
                "6581621c-2f86-422d-bf1e-9b92a6efb53g",
                "{581621c-2f86-422d-bf1e-9b92a6efb539",
                "6581621c-2f86-422d-bf1e9-b92a6efb539",
                "",
            })
    void whatIsNoUuidIsRejected(String text) {
        var verdict = WagerJson.valid().with("wagerId", "\"" + text + "\"").decode();

        assertThat(faultsOf(verdict)).containsExactly("/wagerId not-a-uuid");
    }

    @Test
    void idsOfAnyVersionAndLetterCaseAreTakenAndShownInLowerCase() {
        var wager = WagerJson.valid()
                .with("wagerId", "\"FFFFFFFF-FFFF-FFFF-FFFF-FFFFFFFFFFFF\"")
                .with("transactionId", "\"00000000-0000-0000-0000-000000000000\"")
                .decodeValid();

        assertThat(wager.wagerId()).hasToString("ffffffff-ffff-ffff-ffff-ffffffffffff");
        assertThat(wager.transactionId()).hasToString("00000000-0000-0000-0000-000000000000");
    }

    @Test
    void everyFaultIsNamedAtOnceInTheOrderOfTheContract() {
        var verdict = WagerJson.decode("""
                {"Duration": -1, "sessionData": 5, "COUNTRYCODE": "SWE", "numberOfBets": 1.5, "brandId": "x",
                 "createdDateTime": "yesterday", "amount": "12", "theme": false, "gameName": " \\u00a0\\t",
                 "provider": null, "Username": "a\\u0000b", "wagerId": []}
                """);

        assertThat(faultsOf(verdict))
                .containsExactly(
                        "/wagerId wrong-type",
                        "/accountId required",
                        "/username illegal-character",
                        "/provider required",
                        "/gameName blank",
                        "/theme wrong-type",
                        "/amount wrong-type",
                        "/createdDateTime not-a-timestamp",
                        "/brandId not-a-uuid",
                        "/numberOfBets out-of-range",
                        "/countryCode not-a-country-code",
                        "/sessionData wrong-type",
                        "/duration out-of-range");
    }

    @Test
    void theSamePropertyTwiceInAnyLetterCaseIsRejected() {
        var json = WagerJson.valid().json().replace("}", ",\"Amount\":1,\"x\":1,\"X\":2}");

        assertThat(faultsOf(WagerJson.decode(json)))
                .containsExactly("/amount duplicate-property", "/X duplicate-property");
    }

    @Test
    void anyNumberOfUnknownPropertiesIsIgnored() {
        var many = IntStream.range(0, 100_000).mapToObj("u%d"::formatted).toList();

        assertThat(WagerJson.decode(withProperties(many))).isInstanceOf(WagerVerdict.Valid.class);
    }

    @Test
    void whatStandsAnyNumberOfTimesIsNamedOnce() {
        var json = withProperties(Collections.nCopies(100_000, "amount"));
        var unknown = withProperties(Collections.nCopies(100_000, "x"));

        assertThat(faultsOf(WagerJson.decode(json))).containsExactly("/amount duplicate-property");
        assertThat(faultsOf(WagerJson.decode(unknown))).containsExactly("/x duplicate-property");
    }

    private static String withProperties(List<String> names) {
        var more = names.stream().map(name -> "\"" + name + "\":1").collect(Collectors.joining(",", ",", "}"));
        var json = WagerJson.valid().json();
        return json.substring(0, json.lastIndexOf('}')) + more;
    }

    @ParameterizedTest
    @CsvSource({"username,100", "provider,200", "gameName,200", "theme,100", "sessionData,131072"})
    void textsAreTakenUpToTheirLengthInUtf16Units(String property, int limit) {
        var longest = "🎲".repeat(limit / 2);

        var verdict = WagerJson.valid().with(property, "\"" + longest + "\"").decode();
        var tooLong = WagerJson.valid().with(property, "\"" + longest + "x\"").decode();

        assertThat(verdict).isInstanceOf(WagerVerdict.Valid.class);
        assertThat(faultsOf(tooLong)).containsExactly("/" + property + " too-long");
    }

    @ParameterizedTest
    @ValueSource(strings = {"\\ud83c", "\\udfb2", "\\udfb2\\ud83c", "a\\ud83cb", "\\u0000"})
    void nulAndLoneSurrogatesAreRejectedInAnyText(String escaped) {
        for (var property : List.of("username", "provider", "gameName", "theme", "sessionData")) {
            var verdict =
                    WagerJson.valid().with(property, "\"x" + escaped + "\"").decode();

            assertThat(faultsOf(verdict)).containsExactly("/" + property + " illegal-character");
        }
    }

    @Test
    void aSurrogateWrittenAsThreeBytesIsNotTaken() {
        var json = WagerJson.valid().with("username", "\"?\"").json().getBytes(StandardCharsets.ISO_8859_1);
        var at = new String(json, StandardCharsets.ISO_8859_1).indexOf('?');
        var body = new byte[json.length + 2];
        System.arraycopy(json, 0, body, 0, at);
        body[at] = (byte) 0xED;
        body[at + 1] = (byte) 0xA0;
        body[at + 2] = (byte) 0x80;
        System.arraycopy(json, at + 1, body, at + 3, json.length - at - 1);

        assertThat(decoder.decode(body, WagerJson.NOW)).isNotInstanceOf(WagerVerdict.Valid.class);
    }

    @Test
    void absentNullAndEmptyCountryAreTheSameWager() {
        var absent = WagerJson.valid().decodeValid();

        assertThat(WagerJson.valid()
                        .with("countryCode", "\"\"")
                        .with("theme", "null")
                        .with("duration", "null")
                        .decodeValid())
                .isEqualTo(absent);
        assertThat(WagerJson.valid().with("theme", "\"\"").decodeValid())
                .as("an empty theme is a text like any other")
                .isNotEqualTo(absent);
    }

    @ParameterizedTest
    @CsvSource({
        "numberOfBets, 1, true",
        "numberOfBets, 2147483647, true",
        "numberOfBets, 8.0, true",
        "numberOfBets, 0, false",
        "numberOfBets, 2147483648, false",
        "duration, 0, true",
        "duration, 9223372036854775807, true",
        "duration, 9223372036854775808, false",
        "duration, 0.5, false",
        "duration, 1e99999999, false",
    })
    void integersAreTakenWithinTheirRange(String property, String literal, boolean isTaken) {
        var verdict = WagerJson.valid().with(property, literal).decode();

        assertThat(verdict instanceof WagerVerdict.Valid).isEqualTo(isTaken);
        if (!isTaken) {
            assertThat(faultsOf(verdict)).containsExactly("/" + property + " out-of-range");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "{", "{\"a\":1", "{\"a\":NaN}", "{a:1}", "{} {}", "{}x", "{\"a\":01}", "nul"})
    void whatIsNotJsonIsMalformed(String body) {
        assertThat(WagerJson.decode(body)).isInstanceOf(WagerVerdict.Malformed.class);
    }

    @Test
    void nestingWithoutEndIsMalformedAndNotAnError() {
        assertThat(WagerJson.decode("{\"a\":" + "[".repeat(100_000))).isInstanceOf(WagerVerdict.Malformed.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"[]", "1", "\"x\"", "null"})
    void jsonThatIsNoObjectHasTheWrongType(String body) {
        assertThat(faultsOf(WagerJson.decode(body))).containsExactly(" wrong-type");
    }

    @Test
    void theIdsOfAnInvalidWagerAreToldWhereTheyCanBeRead() {
        var verdict = WagerJson.valid().with("amount", "-1").decode();

        assertThat(verdict).isInstanceOfSatisfying(WagerVerdict.Invalid.class, invalid -> {
            assertThat(invalid.wagerId()).hasToString("6581621c-2f86-422d-bf1e-9b92a6efb539");
            assertThat(invalid.accountId()).hasToString("2c937b23-03ae-4110-90d5-47d055d89001");
        });
    }

    @Test
    void aBrokenLineIsItsOwnFaultAlone() {
        var good = WagerJson.valid().json();
        var body = good + "\r\n\n{\"wagerId\":\n  \n[]\n" + good;

        var verdict = decoder.decodeLines(body.getBytes(StandardCharsets.UTF_8), 4, WagerJson.NOW);

        assertThat(verdict)
                .isInstanceOfSatisfying(
                        BatchVerdict.Items.class,
                        items -> assertThat(items.verdicts())
                                .hasExactlyElementsOfTypes(
                                        WagerVerdict.Valid.class,
                                        WagerVerdict.Malformed.class,
                                        WagerVerdict.Invalid.class,
                                        WagerVerdict.Valid.class));
    }

    @Test
    void anArrayKeepsAnInvalidWagerApartFromItsNeighbours() {
        var good = WagerJson.valid().json();
        var body = "[" + good + ",{\"wagerId\":1,\"x\":[[]]},[],7," + good + "]";

        var verdict = decoder.decodeArray(body.getBytes(StandardCharsets.UTF_8), 5, WagerJson.NOW);

        assertThat(verdict)
                .isInstanceOfSatisfying(
                        BatchVerdict.Items.class,
                        items -> assertThat(items.verdicts())
                                .hasExactlyElementsOfTypes(
                                        WagerVerdict.Valid.class,
                                        WagerVerdict.Invalid.class,
                                        WagerVerdict.Invalid.class,
                                        WagerVerdict.Invalid.class,
                                        WagerVerdict.Valid.class));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "[]", "{}", "[{}", "[{}]x", "[{},]", "[{}{}]", "[{},{},{}]", "null"})
    void aBrokenArrayOrOneOfTheWrongSizeIsRefusedAsAWhole(String body) {
        var verdict = decoder.decodeArray(body.getBytes(StandardCharsets.UTF_8), 2, WagerJson.NOW);

        assertThat(verdict).isInstanceOf(BatchVerdict.Refused.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "\n \r\n", "{}\n{}\n{}"})
    void linesOfTheWrongNumberAreRefusedAsAWhole(String body) {
        var verdict = decoder.decodeLines(body.getBytes(StandardCharsets.UTF_8), 2, WagerJson.NOW);

        assertThat(verdict).isInstanceOf(BatchVerdict.Refused.class);
    }
}
