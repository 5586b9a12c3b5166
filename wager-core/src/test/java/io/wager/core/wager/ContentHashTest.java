package io.wager.core.wager;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ContentHashTest {

    /** If this fails, stored hashes no longer match their wagers: count the version up instead of changing the text below. */
    @Test
    void theHashOfAWagerNeverChanges() {
        var all = WagerJson.valid()
                .with("theme", "\"crash\"")
                .with("transactionId", "\"f87c4d29-c45a-4f86-91d0-20858d734759\"")
                .with("brandId", "\"e0ed6eff-74af-42d1-934d-82c0733df60e\"")
                .with("externalReferenceId", "\"0c177163-78b5-40b3-8d81-fe6b10645e4a\"")
                .with("transactionTypeId", "\"56b213fc-bb6d-4fd7-8902-fc7278b1a31a\"")
                .with("numberOfBets", "8")
                .with("countryCode", "\"SE\"")
                .with("sessionData", "\"Zoë 🎲\"")
                .with("duration", "3355184")
                .decodeValid();
        var required = WagerJson.valid().decodeValid();

        assertThat(ContentHash.of(all))
                .hasToString("01ed413891df3b737427c1e7cdcd2e24eb004a0c8f5e51317fef02b67c6b563f65");
        assertThat(ContentHash.of(required))
                .hasToString("0158dacd29d891048e56b65a8d80db55c480149182ba650652ea51c9e02a89c7a4");
    }

    @Test
    void aTextThatMovesToTheNextPropertyIsOtherContent() {
        var one = WagerJson.valid()
                .with("provider", "\"ab\"")
                .with("gameName", "\"c\"")
                .decodeValid();
        var other = WagerJson.valid()
                .with("provider", "\"a\"")
                .with("gameName", "\"bc\"")
                .decodeValid();

        assertThat(ContentHash.of(one)).isNotEqualTo(ContentHash.of(other));
    }

    @Test
    void theSameMomentInAnotherOffsetIsTheSameContent() {
        var one = WagerJson.valid()
                .with("createdDateTime", "\"2026-05-18T00:04:10.49476790+02:00\"")
                .decodeValid();
        var other = WagerJson.valid()
                .with("createdDateTime", "\"2026-05-17T22:04:10.494767999Z\"")
                .decodeValid();

        assertThat(ContentHash.of(one)).isEqualTo(ContentHash.of(other));
    }

    @Test
    void bytesGoOutAndComeBack() {
        var hash = ContentHash.of(WagerJson.valid().decodeValid());

        assertThat(ContentHash.ofBytes(hash.bytes())).isEqualTo(hash);
        assertThat(hash.bytes()).hasSize(ContentHash.LENGTH).startsWith(1);
    }
}
