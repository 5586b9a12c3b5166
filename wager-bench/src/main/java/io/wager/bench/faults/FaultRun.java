package io.wager.bench.faults;

import io.wager.bench.rig.Rig;
import io.wager.bench.traffic.Clients;
import io.wager.bench.traffic.Ledger;
import io.wager.bench.traffic.PoisonPublisher;
import io.wager.bench.traffic.WagerStream;
import io.wager.bench.verdict.Check;
import io.wager.bench.verdict.Conservation;
import io.wager.bench.verdict.Meters;
import io.wager.bench.verdict.Verdict;
import io.wager.bench.verdict.Verdict.Finding;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Clients post a seeded stream while faults are injected; when all is healed and worked off, a calm stretch follows in which the
 * meters have to agree, and then every row is held against what was sent. Used by one thread.
 */
public final class FaultRun {

    private static final Logger LOG = LoggerFactory.getLogger(FaultRun.class);
    private static final Duration REST_PATIENCE = Duration.ofMinutes(5);
    private static final Duration POISON_INTERVAL = Duration.ofMillis(700);
    private static final int PROGRESS_SECONDS = 10;
    private static final int CLIENTS = 12;
    private static final int UNHURRIED = 1_000_000;
    private static final int SETTLING_WAGERS = 500;

    private final FaultPlan plan;
    private final Rig rig;
    private final Ledger ledger = new Ledger();
    private final List<Finding> findings = new ArrayList<>();
    private final Instant startedAt = Instant.now();
    private Map<Fault, Integer> injected = Map.of();
    private long doubts;

    /**
     * A run.
     *
     * @param plan how much of what
     * @param rig the running system, which this run alone uses
     */
    public FaultRun(FaultPlan plan, Rig rig) {
        this.plan = plan;
        this.rig = rig;
    }

    /** Runs it to its end. */
    public Verdict run() throws Exception {
        var rest = new Check("after the faults everything comes to rest, with empty queues");
        var meters = new Check("in calm, the meters agree with each other, with the answers and with the rows");
        var reconciled = new Check("the product's own reconcile agrees, under load and at the end");
        try {
            postUnderFaults();
            rig.awaitIdle(REST_PATIENCE);
            var underLoad = rig.reconcile("reconcile-under-load.log");
            meetWhatIsLeft();
            checkCalm(meters);
            awaitAgreement(underLoad, "under load", reconciled);
            var accepted = rig.folder().resolve("accepted.txt");
            ledger.writeAccepted(accepted);
            var atTheEnd = rig.reconcile("reconcile.log", "--accepted", accepted.toString(), "--settle", "0s");
            awaitAgreement(atTheEnd, "at the end", reconciled);
        } catch (RuntimeException | Error unrest) {
            LOG.error("the run did not come to its end", unrest);
            rest.violated(unrest.toString());
        }
        rig.keepEvidence();
        findings.add(Finding.of(rest));
        findings.add(Finding.of(meters));
        findings.add(Finding.of(reconciled));
        var rows = checkConservation();
        return new Verdict(
                plan.seed(),
                startedAt,
                Duration.between(startedAt, Instant.now()),
                ledger.ids(),
                ledger.acceptances(),
                doubts,
                rows,
                labelled(injected),
                List.copyOf(findings));
    }

    private void postUnderFaults() throws Exception {
        var stream = new WagerStream(plan.seed(), plan.wagers(), plan.unknownFailures());
        var end = startedAt.plus(plan.longest());
        try (var poison = new PoisonPublisher(rig, ledger, POISON_INTERVAL, ~plan.seed());
                var clients = new Clients(rig.apis(), stream, ledger, CLIENTS, plan.wagersPerSecond());
                var faults = new FaultSchedule(new Scene(rig, ledger), plan)) {
            while (Instant.now().isBefore(end) && !faults.isDone()) {
                TimeUnit.SECONDS.sleep(1);
                if (Instant.now().getEpochSecond() % PROGRESS_SECONDS == 0) {
                    LOG.info(
                            "sent={} accepted={} faults={}",
                            stream.position(),
                            ledger.acceptances(),
                            sum(faults.injected()));
                }
            }
            faults.finish();
            injected = faults.injected();
            clients.finish(REST_PATIENCE);
            doubts = clients.doubts();
            poison.finish();
        }
    }

    /**
     * A queue that was full refuses what comes first on a channel that it has refused before, and only then the channel is replaced.
     * So what a fault leaves behind is met before the calm stretch, and not in it.
     */
    private void meetWhatIsLeft() throws Exception {
        var stream = new WagerStream(plan.seed() + 2, SETTLING_WAGERS, 0);
        try (var clients = new Clients(rig.apis(), stream, ledger, CLIENTS, UNHURRIED)) {
            clients.awaitEnd(REST_PATIENCE);
        }
        rig.awaitIdle(REST_PATIENCE);
    }

    /** No fault: nothing is repeated, and no count is lost with a process. */
    private void checkCalm(Check check) throws Exception {
        var metersBefore = Meters.of(rig.nodes());
        var answersBefore = ledger.acceptances();
        var rowsBefore = rows();
        var stream = new WagerStream(plan.seed() + 1, plan.calmWagers(), 0);
        try (var clients = new Clients(rig.apis(), stream, ledger, CLIENTS, UNHURRIED)) {
            while (!clients.areDone()) {
                TimeUnit.MILLISECONDS.sleep(100);
            }
            clients.finish(REST_PATIENCE);
            check.hold(clients.doubts() == 0, clients.doubts() + " repeats though nothing was wrong");
        }
        rig.awaitIdle(REST_PATIENCE);
        var meters = Meters.of(rig.nodes()).since(metersBefore);
        LOG.info("calm stretch: {}", meters);
        check.hold(meters.areBalanced(), meters.toString());
        var answers = ledger.acceptances() - answersBefore;
        check.hold(
                meters.accepted() == answers,
                "accepted by the meters " + meters.accepted() + ", by the answers " + answers);
        var rows = rows() - rowsBefore;
        check.hold(meters.stored() == rows, "stored by the meters " + meters.stored() + ", rows " + rows);
    }

    private static void awaitAgreement(Process reconcile, String when, Check check) throws InterruptedException {
        if (!reconcile.waitFor(REST_PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
            reconcile.destroyForcibly();
            check.violated("it takes too long " + when);
        } else {
            check.hold(
                    reconcile.exitValue() == 0, "it ends with " + reconcile.exitValue() + " " + when + ", see its log");
        }
    }

    private long rows() throws SQLException {
        try (var connection = rig.connect();
                var statement = connection.createStatement();
                var rows = statement.executeQuery("SELECT COUNT(*) FROM wager")) {
            rows.next();
            return rows.getLong(1);
        }
    }

    private int checkConservation() throws SQLException {
        try (var connection = rig.connect()) {
            var conservation = new Conservation(connection, ledger);
            conservation.check().stream().map(Finding::of).forEach(findings::add);
            return conservation.rows();
        }
    }

    private static int sum(Map<Fault, Integer> injected) {
        return injected.values().stream().mapToInt(Integer::intValue).sum();
    }

    private static Map<String, Integer> labelled(Map<Fault, Integer> injected) {
        Map<String, Integer> labelled = new TreeMap<>();
        injected.forEach((fault, count) -> labelled.put(fault.label(), count));
        return labelled;
    }
}
