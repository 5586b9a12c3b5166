package io.wager.api.requeuejob;

import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.wager.api.audit.Action;
import io.wager.api.audit.Actor;
import io.wager.api.http.HttpProperties;
import io.wager.api.repair.DeadLetterProperties;
import io.wager.api.schema.SchemaPoller;
import io.wager.api.support.ArchivedDeadLetters;
import io.wager.api.support.FakePublisher;
import io.wager.api.support.LetterRows;
import io.wager.api.support.TestApi;
import io.wager.api.support.TestDatabase;
import io.wager.api.wager.ConfirmWait;
import io.wager.core.deadletter.Requeue;
import io.wager.core.messaging.Message;
import io.wager.service.validation.ValidationProperties;
import java.math.BigDecimal;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.UUID;
import java.util.function.Predicate;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.context.LifecycleProcessor;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.namedparam.NamedParameterJdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.util.unit.DataSize;

/**
 * The real parts of the jobs on a database of their own, with a clock that stands until it is told to go on and runners that do
 * a round only when they are told to. Plays the consumer too.
 */
final class Runners implements AutoCloseable {

    static final Duration LEASE = Duration.ofSeconds(15);
    static final Duration CLAIM = Duration.ofSeconds(60);

    final FakePublisher publisher = new FakePublisher();
    final LetterRows letters;
    final ArchivedDeadLetters archived;
    final JdbcClient jdbc;
    final JobActions actions;
    private final TestDatabase database = TestDatabase.create();
    private final AnnotationConfigApplicationContext context = new AnnotationConfigApplicationContext();
    private final MovableClock clock = new MovableClock();
    private int consumed;

    Runners(int chunk, int maxInFlight) {
        var dataSource = database.serviceDataSource();
        // What the test does beside it, among it the consumer's part.
        jdbc = JdbcClient.create(database.dataSource());
        letters = new LetterRows(jdbc);
        archived = new ArchivedDeadLetters(jdbc);
        context.registerBean(DataSource.class, () -> dataSource);
        context.registerBean(JdbcTemplate.class, () -> new JdbcTemplate(dataSource));
        context.registerBean(NamedParameterJdbcTemplate.class, () -> new NamedParameterJdbcTemplate(dataSource));
        context.registerBean(PlatformTransactionManager.class, () -> new JdbcTransactionManager(dataSource));
        context.registerBean(Clock.class, () -> clock);
        context.registerBean(MeterRegistry.class, SimpleMeterRegistry::new);
        context.registerBean(FakePublisher.class, () -> publisher);
        context.registerBean(ConfirmWait.class, () -> new ConfirmWait(Duration.ofMillis(200)));
        context.registerBean(ValidationProperties.class, () -> new ValidationProperties(Duration.ofMinutes(5)));
        context.registerBean(DeadLetterProperties.class, () -> new DeadLetterProperties(CLAIM));
        context.registerBean(
                HttpProperties.class,
                () -> new HttpProperties(
                        DataSize.ofMegabytes(1),
                        DataSize.ofMegabytes(8),
                        1_000,
                        null,
                        Duration.ZERO,
                        Duration.ofSeconds(10)));
        context.registerBean(
                RequeueJobProperties.class,
                () -> new RequeueJobProperties(Duration.ofMillis(500), LEASE, chunk, maxInFlight, 3));
        context.registerBean("lifecycleProcessor", LifecycleProcessor.class, NothingStarts::new);
        context.scan("io.wager.api.audit", "io.wager.api.repair", "io.wager.api.requeuejob", "io.wager.api.schema");
        context.refresh();
        var schema = context.getBean(SchemaPoller.class);
        schema.start();
        await().until(schema::isReady);
        actions = context.getBean(JobActions.class);
    }

    /** One more instance of the service. */
    JobRunner instance() {
        return new JobRunner(context.getBean(JobParts.class), context.getBean(SchemaPoller.class), clock::nanos);
    }

    /** Rounds until nothing changes any more without time passing. */
    static void run(JobRunner runner) {
        for (var rounds = 0; rounds < 10_000; rounds++) {
            if (!runner.round().isZero()) {
                return;
            }
        }
        throw new AssertionError("it never comes to rest");
    }

    /** Runs, settles what was published, and so on until nothing is published any more. */
    void runToTheEnd(JobRunner runner, Predicate<Message> isStored) {
        do {
            run(runner);
        } while (consume(isStored) > 0);
        run(runner);
    }

    /** As the consumer does with what was published since the last time; answers how many. */
    int consume(Predicate<Message> isStored) {
        var published = publisher.published();
        var before = consumed;
        for (; consumed < published.size(); consumed++) {
            var message = published.get(consumed).message();
            var requeue = Requeue.of(message).orElseThrow();
            if (isStored.test(message)) {
                letters.resolve(requeue.deadLetterId());
            } else {
                letters.failAgain(requeue.deadLetterId(), requeue.number());
            }
        }
        return consumed - before;
    }

    UUID job(Selection selection) {
        return job(selection, null, null, null);
    }

    UUID job(
            Selection selection,
            @Nullable Integer ratePerSecond,
            @Nullable Integer canary,
            @Nullable BigDecimal stopWhenFailedShare) {
        return actions.create(
                        new JobRequest(selection, false, ratePerSecond, canary, stopWhenFailedShare, "a test"),
                        action())
                .id();
    }

    static Action action() {
        return new Action("test", new Actor("Zoe"), null, null, "0".repeat(32));
    }

    Job job(UUID id) {
        return context.getBean(JobRepository.class).find(id).orElseThrow();
    }

    /** How many items have an outcome. */
    int items(UUID jobId, Outcome outcome) {
        return items(jobId).stream()
                .filter(item -> item.outcome() == outcome)
                .toList()
                .size();
    }

    List<JobRepository.Item> items(UUID jobId) {
        return context.getBean(JobRepository.class).items(jobId, null, Long.MIN_VALUE, 100_000);
    }

    /** How many letters are still held by a job. */
    int held() {
        return jdbc.sql("SELECT COUNT(*) FROM dead_letter WHERE job_id IS NOT NULL")
                .query(Integer.class)
                .single();
    }

    void pass(Duration time) {
        clock.now = clock.now.plus(time);
    }

    @Override
    public void close() {
        context.close();
        database.close();
    }

    private static final class MovableClock extends Clock {
        private Instant now = TestApi.NOW;

        long nanos() {
            return Duration.between(TestApi.NOW, now).toNanos();
        }

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }

        @Override
        public Instant instant() {
            return now;
        }
    }

    /** Else the runner would go by itself. */
    private static final class NothingStarts implements LifecycleProcessor {
        @Override
        public void start() {
            // Told to by hand.
        }

        @Override
        public void stop() {
            // Nothing was started.
        }

        @Override
        public void onRefresh() {
            // Told to by hand.
        }

        @Override
        public void onClose() {
            // Nothing was started.
        }

        @Override
        public boolean isRunning() {
            return true;
        }
    }
}
