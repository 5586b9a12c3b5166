package io.wager.consumer.ingest;

import io.wager.consumer.ingest.WagerMessageDecoder.Decoded;
import io.wager.core.deadletter.Requeue;
import io.wager.core.messaging.BatchHandler;
import io.wager.core.messaging.DeadLetterReason;
import io.wager.core.messaging.Delivery;
import io.wager.core.messaging.Disposition;
import io.wager.core.messaging.Failure;
import io.wager.service.database.UnquotedFailure;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Stores the wagers of a batch: decode, fold, store, dispose. Returns only after the commit, so that the transport
 * acknowledges what is safe; throws if the batch could not be finished, and is then given it again.
 */
final class WagerBatchListener implements BatchHandler {

    private static final Logger LOG = LoggerFactory.getLogger(WagerBatchListener.class);

    private final WagerMessageDecoder decoder;
    private final WagerBatchWriter writer;
    private final IngestMetrics metrics;

    WagerBatchListener(WagerMessageDecoder decoder, WagerBatchWriter writer, IngestMetrics metrics) {
        this.decoder = decoder;
        this.writer = writer;
        this.metrics = metrics;
    }

    @Override
    public List<Disposition> handle(List<Delivery> deliveries) {
        return prepare(deliveries).get();
    }

    /** Decodes and folds. */
    @Override
    public Supplier<List<Disposition>> prepare(List<Delivery> deliveries) {
        metrics.received(deliveries.size());
        var batch = fold(deliveries);
        return () -> store(deliveries, batch);
    }

    private List<Disposition> store(List<Delivery> deliveries, IngestBatch batch) {
        try {
            writer.write(batch);
        } catch (RuntimeException | Error e) {
            // What was committed before has been counted; it comes back as a duplicate.
            metrics.returned(deliveries.size() - batch.doneCount());
            throw e;
        }
        var dispositions = batch.dispositions();
        countDead(deliveries, dispositions);
        return dispositions;
    }

    private IngestBatch fold(List<Delivery> deliveries) {
        var batch = new IngestBatch(deliveries.size());
        for (var i = 0; i < deliveries.size(); i++) {
            var delivery = deliveries.get(i);
            try {
                fold(i, delivery, batch);
            } catch (RuntimeException | Error e) {
                batch.dispose(i, crashed(delivery, e));
            }
        }
        return batch;
    }

    private void fold(int index, Delivery delivery, IngestBatch batch) {
        switch (decoder.decode(delivery)) {
            case Decoded.Decodable(var wager) ->
                batch.add(index, wager, Requeue.of(delivery.message()).orElse(null));
            case Decoded.Undecodable(var dead) -> batch.dispose(index, dead);
        }
    }

    /** Reading a message needs nothing but the message: what crashes on it is its own fault, and none of its neighbours'. */
    private static Disposition.Dead crashed(Delivery delivery, Throwable failure) {
        if (failure instanceof VirtualMachineError fatal && !(failure instanceof StackOverflowError)) {
            throw fatal;
        }
        LOG.error(
                "reading a message crashed messageId={}", delivery.message().messageId(), UnquotedFailure.of(failure));
        return new Disposition.Dead(DeadLetterReason.UNDECODABLE, Failure.of(failure));
    }

    private void countDead(List<Delivery> deliveries, List<Disposition> dispositions) {
        Map<DeadLetterReason, Integer> byReason = new EnumMap<>(DeadLetterReason.class);
        for (var i = 0; i < dispositions.size(); i++) {
            if (dispositions.get(i) instanceof Disposition.Dead dead) {
                metrics.dead(dead.reason());
                byReason.merge(dead.reason(), 1, Integer::sum);
                LOG.debug(
                        "dead letter reason={} messageId={} attempt={} type={}",
                        dead.reason().wireForm(),
                        deliveries.get(i).message().messageId(),
                        deliveries.get(i).attempt(),
                        dead.failure().type());
            }
        }
        byReason.forEach((reason, count) -> LOG.warn("dead letters reason={} count={}", reason.wireForm(), count));
    }
}
