package io.wager.core.wager;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.time.Duration;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class WagerPropertiesTest {

    private final WagerDecoder decoder = new WagerDecoder(Duration.ofMinutes(5));

    @Property
    void whatIsWrittenIsReadBackEqual(@ForAll("wagers") Wager wager) {
        var body = WagerEncoder.encode(wager);

        assertThat(decoder.decode(body, WagerJson.NOW)).isEqualTo(new WagerVerdict.Valid(wager));
    }

    @Property
    void equalWagersHaveEqualHashesAndOthersHaveOthers(@ForAll("wagers") Wager one, @ForAll("wagers") Wager other) {
        assertThat(ContentHash.of(one).equals(ContentHash.of(other))).isEqualTo(one.equals(other));
        var readBack = (WagerVerdict.Valid) decoder.decode(WagerEncoder.encode(one), WagerJson.NOW);
        assertThat(ContentHash.of(readBack.wager())).isEqualTo(ContentHash.of(one));
    }

    @Property
    void anAmountIsTheSameInEverySpelling(@ForAll("amounts") BigDecimal amount, @ForAll("shifts") int shift) {
        var plain = amount.toPlainString();
        var withExponent = amount.scaleByPowerOfTen(-shift).toPlainString() + "e" + shift;
        var padded = (plain.contains(".") ? plain : plain + ".") + "000";

        for (var literal : new String[] {plain, withExponent, padded, amount.toString()}) {
            assertThat(WagerJson.valid().with("amount", literal).decodeValid().amount())
                    .as(literal)
                    .isEqualTo(Amounts.normalise(amount));
        }
    }

    @Property
    void noBytesMakeTheDecoderThrow(@ForAll byte[] bytes) {
        assertThat(decoder.decode(bytes, WagerJson.NOW)).isNotNull();
        assertThat(decoder.decodeArray(bytes, 10, WagerJson.NOW)).isNotNull();
        assertThat(decoder.decodeLines(bytes, 10, WagerJson.NOW)).isNotNull();
    }

    @Property
    void noDamageToAWagerMakesTheDecoderThrow(@ForAll("wagers") Wager wager, @ForAll int place, @ForAll byte damage) {
        var body = WagerEncoder.encode(wager);
        body[Math.floorMod(place, body.length)] = damage;

        assertThat(decoder.decode(body, WagerJson.NOW)).isNotNull();
    }

    @Property
    void timesAreReadAsTheyAreWritten(@ForAll("wagers") Wager wager) {
        assertThat(Timestamps.parse(Timestamps.format(wager.createdDateTime()))).isEqualTo(wager.createdDateTime());
    }

    @Property
    void idsSortAsTheirTextDoes(@ForAll("wagers") Wager one, @ForAll("wagers") Wager other) {
        var byText = one.wagerId().toString().compareTo(other.wagerId().toString());

        assertThat(Integer.signum(one.wagerId().compareTo(other.wagerId()))).isEqualTo(Integer.signum(byText));
    }

    @Provide
    Arbitrary<Wager> wagers() {
        return WagerArbitraries.wagers();
    }

    @Provide
    Arbitrary<BigDecimal> amounts() {
        return WagerArbitraries.amounts();
    }

    @Provide
    Arbitrary<Integer> shifts() {
        return Arbitraries.integers().between(-40, 40);
    }
}
