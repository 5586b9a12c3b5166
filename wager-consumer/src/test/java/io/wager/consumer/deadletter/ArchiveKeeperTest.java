package io.wager.consumer.deadletter;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.wager.consumer.store.StoreException.Kind;
import io.wager.core.messaging.Message;
import io.wager.core.wager.WagerDecoder;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.List;
import org.junit.jupiter.api.Test;

final class ArchiveKeeperTest {

    private final FakeDeadLetterArchive archive = new FakeDeadLetterArchive();
    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private final ArchiveKeeper keeper = new ArchiveKeeper(
            new DeadLetterReader(
                    new WagerDecoder(Duration.ofMinutes(5)), Clock.fixed(DeadMessages.FAILED_AT, ZoneOffset.UTC)),
            archive,
            new DeadLetterMetrics(meters));

    @Test
    void whatIsKeptTwiceIsInTheArchiveOnce() {
        var letters = List.of(letter("{1"), letter("{2"));

        assertThat(keeper.keep(letters)).isTrue();
        assertThat(keeper.keep(letters.subList(1, 2))).isTrue();

        assertThat(archive.letters()).isEqualTo(2);
        assertThat(count("wager.dead.letters.known")).isEqualTo(1);
        assertThat(count("wager.dead.letters.received")).isEqualTo(3);
    }

    @Test
    void whatTheDatabaseDoesNotTakeIsNotKept() {
        archive.failNext(Kind.OUTAGE);

        assertThat(keeper.keep(List.of(letter("{1")))).isFalse();

        assertThat(archive.letters()).isZero();
        assertThat(count("wager.dead.letters.returned")).isEqualTo(1);
    }

    private static Message letter(String body) {
        return DeadMessages.dead(DeadMessages.published(body));
    }

    private double count(String name) {
        return meters.get(name).counter().count();
    }
}
