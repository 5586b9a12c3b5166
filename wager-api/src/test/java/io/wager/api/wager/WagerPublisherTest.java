package io.wager.api.wager;

import static io.wager.testkit.WagerBuilder.aWager;
import static org.assertj.core.api.Assertions.assertThat;

import io.wager.api.request.RequestTrace;
import io.wager.api.support.FakePublisher;
import io.wager.core.messaging.Destination;
import java.time.Clock;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.springframework.mock.web.MockHttpServletRequest;

class WagerPublisherTest {

    private static final String ACCOUNT = "2c937b23-03ae-4110-90d5-47d055d89001";

    private final FakePublisher fake = new FakePublisher();

    @Test
    void allWagersOfAPlayerGoToTheSamePartition() {
        publish(7);

        assertThat(fake.published())
                .hasSize(3)
                .extracting(FakePublisher.Published::destination)
                .containsOnly(new Destination("wagers", "casino.wager.3"));
    }

    @Test
    void withoutPartitionsTheyGoToTheQueueThatIsAlwaysThere() {
        publish(0);

        assertThat(fake.published())
                .extracting(FakePublisher.Published::destination)
                .containsOnly(new Destination("wagers", "casino.wager"));
    }

    private void publish(int partitions) {
        var publisher = new WagerPublisher(fake, Clock.systemUTC(), new Partitioning(partitions));
        var trace = RequestTrace.of(new MockHttpServletRequest());
        IntStream.range(0, 3)
                .forEach(i ->
                        publisher.publish(aWager().by(ACCOUNT).build(), trace).join());
    }
}
