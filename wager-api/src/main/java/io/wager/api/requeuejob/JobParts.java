package io.wager.api.requeuejob;

import io.wager.api.repair.RepairMetrics;
import io.wager.api.repair.Requeuer;
import io.wager.api.repair.Transactions;
import io.wager.core.messaging.MessagePublisher;
import java.time.Clock;
import org.springframework.stereotype.Component;

/** What every run of a job works with. */
@Component
record JobParts(
        RunRepository runs,
        SelectionRepository selections,
        Requeuer requeuer,
        MessagePublisher publisher,
        Transactions transactions,
        RepairMetrics metrics,
        RequeueJobProperties properties,
        Clock clock) {}
