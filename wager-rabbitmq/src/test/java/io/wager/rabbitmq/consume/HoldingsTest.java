package io.wager.rabbitmq.consume;

import static org.assertj.core.api.Assertions.assertThat;

import io.wager.core.messaging.BatchSettings;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

final class HoldingsTest {

    private static final int BODY = 10_000;
    private static final long MESSAGE = BODY + Received.OVERHEAD_BYTES;
    private static final BatchSettings SETTINGS = new BatchSettings(100, 3 * BODY, Duration.ZERO, 1);

    private final ByteBudget budget = new ByteBudget(10 * MESSAGE);
    private final Caution caution = new Caution(true);
    private final Holdings holdings = new Holdings(SETTINGS, budget, caution, new Sizing());
    private final Fetch fetch = new Fetch("queue", 1_000, false);

    @Test
    void whatCameInOrderIsAcknowledgedTogether() {
        var messages = add(1, 5);

        assertThat(holdings.acknowledgement(messages)).isEqualTo(new Unsettled.Acknowledgement(5, List.of()));
    }

    @Test
    void nothingIsAcknowledgedTogetherPastAMessageThatWaitsForItsDeadLetter() {
        var messages = add(1, 5);
        var parked = messages.remove(1);
        holdings.park(List.of(parked));

        var acknowledgement = holdings.acknowledgement(messages);

        assertThat(acknowledgement.upTo()).isEqualTo(1);
        assertThat(acknowledgement.single()).containsExactlyInAnyOrder(3L, 4L, 5L);
    }

    @Test
    void nothingIsAcknowledgedTogetherPastAShedMessage() {
        var messages = add(1, 10);
        assertThat(holdings.add(Messages.message(11, fetch, BODY, 1))).isFalse();
        holdings.settle(tags(messages));
        var later = add(12, 13);

        var acknowledgement = holdings.acknowledgement(later);

        assertThat(acknowledgement.upTo()).isZero();
        assertThat(acknowledgement.single()).containsExactlyInAnyOrder(12L, 13L);
    }

    @Test
    void batchClosesByBytes() throws Exception {
        add(1, 7);

        assertThat(holdings.take(0)).extracting(Received::tag).containsExactly(1L, 2L, 3L);
        assertThat(holdings.take(0)).extracting(Received::tag).containsExactly(4L, 5L, 6L);
        assertThat(holdings.take(0)).extracting(Received::tag).containsExactly(7L);
        assertThat(holdings.take(0)).isEmpty();
    }

    @Test
    void messageLargerThanABatchIsABatchOfItsOwn() throws Exception {
        add(1, 1);
        holdings.add(Messages.message(2, fetch, 4 * BODY, 1));
        add(3, 3);

        assertThat(holdings.take(0)).extracting(Received::tag).containsExactly(1L);
        assertThat(holdings.take(0)).extracting(Received::tag).containsExactly(2L);
        assertThat(holdings.take(0)).extracting(Received::tag).containsExactly(3L);
    }

    @Test
    void whatHasNoRoomIsShedAndGivenBackWhenThereIsRoom() throws Exception {
        var messages = add(1, 10);
        assertThat(holdings.add(Messages.message(11, fetch, BODY, 1))).isFalse();
        assertThat(holdings.add(Messages.message(12, fetch, BODY, 1))).isFalse();
        assertThat(budget.held()).isEqualTo(10 * MESSAGE);
        assertThat(holdings.takeShed(false)).isEmpty();

        holdings.settle(tags(messages.subList(0, 1)));

        assertThat(holdings.takeShed(false)).containsExactly(11L);
        assertThat(holdings.takeShed(true)).containsExactly(12L);
    }

    @Test
    void channelThatHoldsNothingTakesOneMessageWhateverTheOthersHold() {
        budget.take(100 * MESSAGE);

        assertThat(holdings.add(Messages.message(1, fetch, BODY, 1))).isTrue();
        assertThat(holdings.add(Messages.message(2, fetch, BODY, 1))).isFalse();
    }

    @Test
    void sheddingAloneNeverLeadsToTheBrokersLimit() {
        add(1, 10);

        assertThat(holdings.add(Messages.message(11, fetch, BODY, Holdings.UNSHEDDABLE_ATTEMPTS - 1)))
                .isFalse();
        assertThat(holdings.add(Messages.message(12, fetch, BODY, Holdings.UNSHEDDABLE_ATTEMPTS)))
                .isTrue();
    }

    @Test
    void suspectsAreHeldApartAndTheOneThatCameBackLeastOftenIsFirst() throws Exception {
        holdings.add(Messages.message(1, fetch, BODY, 9));
        holdings.add(Messages.message(2, fetch, BODY, Caution.SUSPECT_ATTEMPTS - 1));
        holdings.add(Messages.message(3, fetch, BODY, Caution.SUSPECT_ATTEMPTS));

        assertThat(caution.hasSuspects()).isTrue();
        assertThat(caution.tryTurn()).as("a turn while something else is held").isFalse();
        // Woken by the suspects.
        assertThat(holdings.take(0)).isEmpty();
        var batch = holdings.take(0);
        assertThat(batch).extracting(Received::tag).containsExactly(2L);
        holdings.settle(tags(batch));

        assertThat(caution.tryTurn()).isTrue();
        assertThat(holdings.takeSuspect()).extracting(Received::tag).containsExactly(3L);
        assertThat(holdings.takeSuspect()).extracting(Received::tag).containsExactly(1L);
        assertThat(holdings.takeSuspect()).isEmpty();
    }

    @Test
    void channelThatIsLostLetsGoOfEverything() {
        var messages = add(1, 8);
        holdings.park(messages.subList(3, 4));
        holdings.add(Messages.message(11, fetch, BODY, 9));
        holdings.add(Messages.message(12, fetch, BODY, 1));

        holdings.end();

        assertThat(budget.held()).isZero();
        assertThat(caution.hasSuspects()).isFalse();
        assertThat(caution.tryTurn()).isTrue();
        assertThat(holdings.add(Messages.message(13, fetch, BODY, 1))).isTrue();
        assertThat(budget.held()).isZero();
    }

    private List<Received> add(long first, long last) {
        var messages = new ArrayList<Received>();
        for (var tag = first; tag <= last; tag++) {
            var message = Messages.message(tag, fetch, BODY, 1);
            assertThat(holdings.add(message)).isTrue();
            messages.add(message);
        }
        return messages;
    }

    private static List<Long> tags(List<Received> messages) {
        return messages.stream().map(Received::tag).toList();
    }
}
