package io.wager.consumer.queue;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.resilience4j.retry.event.RetryOnRetryEvent;
import io.wager.consumer.store.StoreException;
import io.wager.consumer.store.StoreException.Kind;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

@ExtendWith(OutputCaptureExtension.class)
class RetryLogTest {

    private final AtomicInteger counted = new AtomicInteger();
    private final RetryLog log = new RetryLog(counted::incrementAndGet);

    @Test
    void tellsKindCodeAndCauseAtPowersOfTwoAndNothingOfTheRows(CapturedOutput output) {
        var cause = new SQLException("duplicate key value is (secret)", "23000", 2627);
        var failure = new StoreException(Kind.CONTENTION, "a batch of 3 wagers was not stored", cause);

        for (var attempt = 1; attempt <= 5; attempt++) {
            log.consumeEvent(new RetryOnRetryEvent(
                    "wager-store-outage",
                    attempt,
                    failure,
                    Duration.ofMillis(50).toMillis()));
        }

        assertThat(counted).hasValue(5);
        assertThat(output.getOut().lines().filter(line -> line.contains("trying again")))
                .hasSize(3)
                .allSatisfy(line -> assertThat(line)
                        .contains("kind=CONTENTION code=2627 sqlState=23000 cause=SQLException")
                        .doesNotContain("secret"));
    }
}
