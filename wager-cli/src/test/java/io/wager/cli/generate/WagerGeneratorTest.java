package io.wager.cli.generate;

import static org.assertj.core.api.Assertions.assertThat;

import io.wager.cli.generate.WagerGenerator.Role;
import io.wager.core.wager.Wager;
import io.wager.core.wager.WagerDecoder;
import io.wager.core.wager.WagerVerdict;
import java.math.BigDecimal;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class WagerGeneratorTest {

    private static final int COUNT = 20_000;
    private static final WagerDecoder DECODER = new WagerDecoder(Duration.ZERO);

    private final WagerGenerator stream = new WagerGenerator(42, COUNT);

    @Test
    void sameSeedAndCountMakeTheSameBytesOnEveryMachine() throws Exception {
        var digest = MessageDigest.getInstance("SHA-256");
        for (var i = 0; i < COUNT; i++) {
            digest.update(stream.json(i));
        }
        for (var conflict = 0; conflict < stream.conflicts(); conflict++) {
            digest.update(stream.conflict(conflict, 0));
        }

        assertThat(HexFormat.of().formatHex(digest.digest()))
                .isEqualTo("ea10020e46680ba9e90c22f0783c16acdeb2dddce92492329a16a50a3abd2daf");
    }

    @Test
    void anotherSeedOrCountMakesOtherWagersOfOtherPlayers() {
        for (var other : new WagerGenerator[] {new WagerGenerator(43, COUNT), new WagerGenerator(42, COUNT - 1)}) {
            assertThat(other.id(0)).isNotEqualTo(stream.id(0));
            assertThat(accounts(other)).doesNotContainAnyElementsOf(accounts(stream));
        }
    }

    @Test
    void whatIsNotPoisonDecodesToTheWagerItStandsForAndPoisonDoesNot() {
        for (var i = 0; i < COUNT; i++) {
            var verdict = DECODER.decode(stream.json(i), WagerGenerator.END);
            if (stream.role(i) == Role.POISON) {
                assertThat(verdict).isNotInstanceOf(WagerVerdict.Valid.class);
            } else {
                assertThat(verdict).isEqualTo(new WagerVerdict.Valid(stream.wager(stream.original(i))));
            }
        }
    }

    @Test
    void sharesAreAsPromised() {
        assertThat(count(Role.DUPLICATE)).isBetween(COUNT / 20L - COUNT / 1_000L, COUNT / 20L);
        assertThat(count(Role.POISON)).isEqualTo(COUNT / 1_000L);
        assertThat(IntStream.range(0, COUNT)
                        .filter(i -> stream.role(i) == Role.DUPLICATE
                                && !Arrays.equals(stream.json(i), stream.json(stream.original(i))))
                        .count())
                .isBetween(COUNT / 50L, COUNT / 30L);
        assertThat(IntStream.range(0, COUNT)
                        .mapToLong(i -> stream.json(i).length)
                        .average()
                        .orElseThrow())
                .isBetween(850.0, 950.0);
    }

    @Test
    void loadIsTypical() {
        var wagers = IntStream.range(0, COUNT)
                .filter(i -> stream.role(i) == Role.ORIGINAL)
                .mapToObj(stream::wager)
                .toList();

        assertThat(wagers.stream().map(Wager::wagerId).distinct()).hasSameSizeAs(wagers);
        assertThat(wagers.stream().map(Wager::accountId).distinct()).hasSize(WagerGenerator.PLAYERS);
        assertThat(wagers.stream().map(Wager::provider).distinct()).hasSize(100);
        assertThat(wagers.stream().map(w -> w.provider() + "/" + w.gameName()).distinct())
                .hasSize(1_000);
        assertThat(wagers.stream().map(Wager::theme).distinct()).hasSize(7);
        assertThat(wagers.stream().mapToInt(w -> w.amount().precision()).max()).hasValue(17);
        assertThat(wagers).allSatisfy(wager -> {
            assertThat(wager.amount()).isBetween(BigDecimal.TEN, BigDecimal.valueOf(50_000));
            assertThat(wager.createdDateTime())
                    .isBetween(WagerGenerator.END.minus(Duration.ofDays(366)), WagerGenerator.END);
        });
    }

    @Test
    void conflictsContradictDifferentOriginalsWithDistinctContents() {
        assertThat(IntStream.range(0, stream.conflicts()).map(stream::contradicted))
                .doesNotHaveDuplicates()
                .hasSize(COUNT / 1_000);
        for (var conflict = 0; conflict < stream.conflicts(); conflict++) {
            var first = stream.wager(stream.contradicted(conflict));
            for (var content = 0; content < stream.contents(conflict); content++) {
                assertThat(DECODER.decode(stream.conflict(conflict, content), WagerGenerator.END))
                        .isInstanceOfSatisfying(WagerVerdict.Valid.class, other -> {
                            assertThat(other.wager().wagerId()).isEqualTo(first.wagerId());
                            assertThat(other.wager()).isNotEqualTo(first);
                        });
            }
        }
    }

    @Test
    void tinyStreamsHold() {
        for (var count = 1; count < 60; count++) {
            var tiny = new WagerGenerator(7, count);
            assertThat(tiny.role(0)).isEqualTo(Role.ORIGINAL);
            for (var i = 0; i < count; i++) {
                assertThat(tiny.json(i)).isNotEmpty();
            }
            assertThat(tiny.role(tiny.contradicted(0))).isEqualTo(Role.ORIGINAL);
        }
    }

    private long count(Role role) {
        return IntStream.range(0, COUNT).filter(i -> stream.role(i) == role).count();
    }

    private static Iterable<io.wager.core.wager.AccountId> accounts(WagerGenerator stream) {
        return IntStream.range(0, 500)
                .mapToObj(i -> stream.wager(i).accountId())
                .distinct()
                .toList();
    }
}
