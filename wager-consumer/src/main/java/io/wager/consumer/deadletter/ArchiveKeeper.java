package io.wager.consumer.deadletter;

import io.wager.consumer.store.StoreException;
import io.wager.core.messaging.DeadLetterKeeper;
import io.wager.core.messaging.Message;
import io.wager.service.database.UnquotedFailure;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Archives dead letters that could not be published, without their way over the queue. What came by that way as well, before or
 * after, is known by its identity and changes nothing. One try: whoever has the letters tries again.
 */
final class ArchiveKeeper implements DeadLetterKeeper {

    private static final Logger LOG = LoggerFactory.getLogger(ArchiveKeeper.class);

    private final DeadLetterReader reader;
    private final DeadLetterArchive archive;
    private final DeadLetterMetrics metrics;

    ArchiveKeeper(DeadLetterReader reader, DeadLetterArchive archive, DeadLetterMetrics metrics) {
        this.reader = reader;
        this.archive = archive;
        this.metrics = metrics;
    }

    @Override
    public boolean keep(List<Message> letters) {
        metrics.received(letters.size());
        var failures = letters.stream().map(reader::read).toList();
        try {
            var outcomes = archive.archive(failures);
            for (var i = 0; i < outcomes.size(); i++) {
                metrics.settled(failures.get(i), outcomes.get(i));
            }
            return true;
        } catch (StoreException e) {
            metrics.returned(letters.size());
            LOG.debug(
                    "dead letters could not be archived directly, they wait count={}",
                    letters.size(),
                    UnquotedFailure.of(e));
            return false;
        }
    }
}
