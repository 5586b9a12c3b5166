package io.wager.api.requeuejob;

import io.wager.api.requeuejob.RunRepository.Lease;
import io.wager.api.schema.SchemaPoller;
import io.wager.api.wager.ConfirmWait;
import io.wager.service.database.FailureFacts;
import io.wager.service.database.UnquotedFailure;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.SmartLifecycle;
import org.springframework.dao.DataAccessException;
import org.springframework.stereotype.Component;
import org.springframework.transaction.TransactionException;

/**
 * Runs the unfinished jobs whose lease this instance can get, in turns, on one thread. Waits for the schema, and for the
 * database and the transport whenever they are away. When it stops it leaves its leases, so that another can go on at once.
 */
@Component
final class JobRunner implements SmartLifecycle {

    private static final Logger LOG = LoggerFactory.getLogger(JobRunner.class);

    /** While messages are on their way, or a rate is kept: often enough for both. */
    private static final Duration SHORT_WAIT = Duration.ofMillis(50);

    private static final long STOP_SECONDS = 10;

    private final JobParts parts;
    private final SchemaPoller schema;
    private final LongSupplier nanos;
    private final UUID owner = UUID.randomUUID();
    private final Map<UUID, JobRun> runs = new HashMap<>();
    private @Nullable ScheduledExecutorService executor;
    private volatile CompletableFuture<Void> giveUp = new CompletableFuture<>();
    private boolean isDatabaseAway;

    @Autowired
    JobRunner(JobParts parts, SchemaPoller schema, ConfirmWait confirmWait) {
        this(parts, schema, System::nanoTime);
        if (parts.properties().lease().compareTo(confirmWait.longest().multipliedBy(2)) < 0) {
            throw new IllegalArgumentException("wager.requeue-jobs.lease must be at least twice"
                    + " wager.publish.confirm-timeout and two seconds more, or a job could be taken from an instance that"
                    + " waits for its confirms: " + parts.properties().lease());
        }
    }

    JobRunner(JobParts parts, SchemaPoller schema, LongSupplier nanos) {
        this.parts = parts;
        this.schema = schema;
        this.nanos = nanos;
    }

    @Override
    public synchronized void start() {
        if (executor == null) {
            giveUp = new CompletableFuture<>();
            executor = Executors.newSingleThreadScheduledExecutor(
                    Thread.ofPlatform().daemon().name("requeue-jobs").factory());
            schedule(executor, Duration.ZERO);
        }
    }

    /** Never interrupts: that would close the file of an embedded database under everybody's feet. */
    @Override
    public void stop() {
        ScheduledExecutorService stopping;
        synchronized (this) {
            stopping = executor;
            executor = null;
        }
        if (stopping == null) {
            return;
        }
        giveUp.complete(null);
        stopping.shutdown();
        try {
            if (!stopping.awaitTermination(STOP_SECONDS, TimeUnit.SECONDS)) {
                LOG.warn("the requeue jobs did not stop in time; their leases run out by themselves");
                return;
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return;
        }
        leave();
    }

    @Override
    public synchronized boolean isRunning() {
        return executor != null;
    }

    /** Gives every job a turn; answers how long to wait for the next round. */
    Duration round() {
        if (!schema.isReady()) {
            return parts.properties().pollInterval();
        }
        try {
            var jobs = parts.runs().unfinished();
            forgetAllBut(jobs);
            var wait = parts.properties().pollInterval();
            for (var job : jobs) {
                if (giveUp.isDone()) {
                    break;
                }
                wait = shorter(wait, turn(job));
            }
            parts.metrics().runningJobs((int) jobs.stream()
                    .filter(job -> job.status() == JobStatus.RUNNING && runs.containsKey(job.id()))
                    .count());
            isDatabaseAway = false;
            return wait;
        } catch (DataAccessException | TransactionException e) {
            databaseAway(e);
            return parts.properties().pollInterval();
        }
    }

    /** Frees the leases of this instance. */
    void leave() {
        runs.clear();
        parts.metrics().runningJobs(0);
        if (schema.isReady()) {
            try {
                parts.runs().leaveAll(owner);
            } catch (DataAccessException e) {
                LOG.warn("the leases of the requeue jobs run out by themselves {}", FailureFacts.of(e));
            }
        }
    }

    private Duration turn(Job job) {
        try {
            var run = runs.get(job.id());
            if (run == null) {
                run = take(job);
            }
            if (run == null) {
                return parts.properties().pollInterval();
            }
            if (run.step(job, giveUp)) {
                return Duration.ZERO;
            }
            return run.isUnderWay() || (job.status() == JobStatus.RUNNING && job.ratePerSecond() != null)
                    ? SHORT_WAIT
                    : parts.properties().pollInterval();
        } catch (LeaseLost e) {
            LOG.info("requeue job goes on at another instance jobId={}", job.id());
            runs.remove(job.id());
            return parts.properties().pollInterval();
        } catch (DataAccessException | TransactionException e) {
            // What is kept in memory may be behind the rows now.
            runs.remove(job.id());
            throw e;
        } catch (RuntimeException e) {
            LOG.error("requeue job failed and is tried again jobId={}", job.id(), UnquotedFailure.of(e));
            runs.remove(job.id());
            return parts.properties().pollInterval();
        }
    }

    private @Nullable JobRun take(Job job) {
        var now = parts.clock().instant();
        var until = now.plus(parts.properties().lease());
        if (!parts.runs().take(new Lease(job.id(), owner), now, until)) {
            return null;
        }
        LOG.info(
                "requeue job is run here jobId={} status={}",
                job.id(),
                job.status().wireForm());
        var run = new JobRun(parts, job, owner, nanos, until);
        runs.put(job.id(), run);
        return run;
    }

    private void forgetAllBut(List<Job> jobs) {
        var unfinished = new HashSet<UUID>();
        jobs.forEach(job -> unfinished.add(job.id()));
        runs.keySet().retainAll(unfinished);
    }

    private void databaseAway(RuntimeException e) {
        parts.metrics().runningJobs(0);
        if (!isDatabaseAway) {
            LOG.warn("requeue jobs wait for the database {}", FailureFacts.of(e));
        }
        isDatabaseAway = true;
    }

    private void schedule(ScheduledExecutorService running, Duration wait) {
        var ignored = running.schedule(() -> runAndSchedule(running), wait.toMillis(), TimeUnit.MILLISECONDS);
    }

    private void runAndSchedule(ScheduledExecutorService running) {
        var wait = parts.properties().pollInterval();
        try {
            wait = round();
        } catch (RuntimeException e) {
            LOG.error("a round of the requeue jobs failed", UnquotedFailure.of(e));
        }
        synchronized (this) {
            if (executor != null && !running.isShutdown()) {
                schedule(running, wait);
            }
        }
    }

    private static Duration shorter(Duration one, Duration other) {
        return one.compareTo(other) < 0 ? one : other;
    }
}
