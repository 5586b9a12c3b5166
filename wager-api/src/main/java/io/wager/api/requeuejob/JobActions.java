package io.wager.api.requeuejob;

import io.wager.api.audit.Action;
import io.wager.api.audit.AuditLog;
import io.wager.api.problem.ProblemError;
import io.wager.api.problem.ProblemException;
import io.wager.api.problem.ProblemType;
import io.wager.api.repair.Transactions;
import java.time.Clock;
import java.util.List;
import java.util.UUID;
import org.springframework.stereotype.Component;

/** Makes jobs and changes their status for a person, with the audit in the same transaction. */
@Component
final class JobActions {

    private final JobRepository jobs;
    private final SelectionRepository selections;
    private final AuditLog audit;
    private final Transactions transactions;
    private final Clock clock;

    JobActions(
            JobRepository jobs,
            SelectionRepository selections,
            AuditLog audit,
            Transactions transactions,
            Clock clock) {
        this.jobs = jobs;
        this.selections = selections;
        this.audit = audit;
        this.transactions = transactions;
        this.clock = clock;
    }

    Job create(JobRequest request, Action action) {
        var now = clock.instant();
        var job = new Job(
                0,
                UUID.randomUUID(),
                JobStatus.RUNNING,
                now,
                action.actor().name(),
                request.reason(),
                request.selection().json(),
                request.ratePerSecond(),
                request.canary(),
                request.stopWhenFailedShare(),
                selections.last(),
                selections.beforeFirst(),
                false,
                now,
                null,
                null);
        transactions.run(() -> {
            jobs.add(job);
            audit.write(action.on(job.id().toString()), job.selection(), "created");
        });
        return job;
    }

    Job pause(UUID id, Action action) {
        return change(id, action, List.of(JobStatus.RUNNING), JobStatus.PAUSED);
    }

    Job resume(UUID id, Action action) {
        return change(id, action, List.of(JobStatus.PAUSED), JobStatus.RUNNING);
    }

    Job cancel(UUID id, Action action) {
        return change(id, action, List.of(JobStatus.RUNNING, JobStatus.PAUSED), JobStatus.CANCELLED);
    }

    private Job change(UUID id, Action action, List<JobStatus> from, JobStatus to) {
        var isChanged = transactions.call(() -> {
            var isDone = jobs.change(id, from, to, clock.instant());
            if (isDone) {
                audit.write(action, to.wireForm());
            }
            return isDone;
        });
        var job = jobs.find(id);
        if (job.isEmpty()) {
            transactions.run(() -> audit.write(action, "refused: unknown"));
            throw unknown();
        }
        if (!isChanged) {
            var code = "is-" + job.get().status().wireForm();
            transactions.run(() -> audit.write(action, "refused: " + code));
            var detail = "The job is " + job.get().status().wireForm() + ".";
            throw new ProblemException(ProblemType.REQUEUE_JOB_REFUSED, detail, List.of(ProblemError.of(code, detail)));
        }
        return job.get();
    }

    static ProblemException unknown() {
        return new ProblemException(ProblemType.REQUEUE_JOB_UNKNOWN, "No requeue job of this id was made.");
    }
}
