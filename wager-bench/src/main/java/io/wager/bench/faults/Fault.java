package io.wager.bench.faults;

import java.util.Locale;
import java.util.Random;

/**
 * What can happen to the system while clients post. Each is injected for a seeded while and then healed, as far as that is not
 * the product's own part: services that were killed are started again, connections are left to come back by themselves.
 */
public enum Fault {
    /** kill -9 while a batch is in its transaction. */
    CONSUMER_KILLED_BEFORE_COMMIT(Target.SERVICES, ServiceFaults::killConsumerBeforeCommit),
    /** kill -9 after batches were committed whose acknowledgements the broker has not got. */
    CONSUMER_KILLED_AFTER_COMMIT(Target.SERVICES, ServiceFaults::killConsumerAfterCommit),
    /** kill -9 at any moment. */
    CONSUMER_KILLED(Target.SERVICES, ServiceFaults::killConsumer),
    /** SIGTERM under load. */
    CONSUMER_STOPPED(Target.SERVICES, ServiceFaults::stopConsumer),
    /** A pause of the whole process, long enough for the broker to miss its heartbeats now and then. */
    CONSUMER_FROZEN(Target.SERVICES, ServiceFaults::freezeConsumer),
    /** One message kills every consumer that stores it, until the broker gives it up. Takes a minute or two. */
    CONSUMER_CRASHES_ON_MESSAGE(Target.SERVICES, CrashingMessage::inject),
    /** kill -9 between publishing and the confirms. */
    API_KILLED_BEFORE_CONFIRM(Target.SERVICES, ServiceFaults::killApiBeforeConfirm),
    /** kill -9 after the confirms, with the answers not yet with the clients. */
    API_KILLED_BEFORE_ANSWER(Target.SERVICES, ServiceFaults::killApiBeforeAnswer),
    /** SIGTERM under load. */
    API_STOPPED(Target.SERVICES, ServiceFaults::stopApi),
    /** More of the largest wagers at once than an instance's memory holds, as singles and as batches. */
    LARGE_BODIES(Target.SERVICES, LargeBodies::inject),
    /** Bodies that trickle, on more connections than an instance may have requests in progress. */
    SLOW_BODIES(Target.SERVICES, SlowBodies::inject),
    /** Connections between a service and the broker are lost with what is on them. */
    CONNECTIONS_LOST(Target.SERVICES, ServiceFaults::loseConnections),
    /** The broker is silent towards a service, with its connections open. */
    BROKER_SILENT(Target.SERVICES, ServiceFaults::silenceBroker),
    /** kill -9 of the broker with confirms and acknowledgements outstanding. */
    BROKER_KILLED(Target.SURROUNDINGS, BrokerFaults::kill),
    /** The queue's binding is gone: messages are unroutable. */
    QUEUE_UNBOUND(Target.SURROUNDINGS, BrokerFaults::unbindQueue),
    /** The queue is full: the broker refuses messages. */
    QUEUE_FULL(Target.SURROUNDINGS, BrokerFaults::fillQueue),
    /** The broker blocks publishing by an alarm. */
    BROKER_ALARM(Target.SURROUNDINGS, BrokerFaults::raiseAlarm),
    /** The broker blocks publishing by an alarm that stays until the consumers have drained the queue, dead letters and all. */
    BROKER_ALARM_UNTIL_DRAINED(Target.SURROUNDINGS, BrokerFaults::raiseAlarmUntilDrained),
    /** kill -9 of the database, which stays away. */
    DATABASE_KILLED(Target.SURROUNDINGS, DatabaseFaults::kill),
    /** kill -9 of the database, which stays away for a minute or two: long enough for every timeout and backoff to run out. */
    DATABASE_AWAY_FOR_MINUTES(Target.SURROUNDINGS, DatabaseFaults::killForMinutes),
    /** Outages of fractions of a second, one after the other, of the wagers' tables and of the archive's. */
    DATABASE_FLAPPING(Target.SURROUNDINGS, DatabaseFaults::flap),
    /** The database is silent, with its connections open. */
    DATABASE_FROZEN(Target.SURROUNDINGS, DatabaseFaults::freeze),
    /** Each insert takes its time. */
    DATABASE_SLOW(Target.SURROUNDINGS, DatabaseFaults::slowDown),
    /** Every insert is refused since the database is read-only. */
    DATABASE_READ_ONLY(Target.SURROUNDINGS, DatabaseFaults::makeReadOnly),
    /** Every insert fails for a reason that nobody has a kind for: no wager may be blamed. */
    DATABASE_FAILING(Target.SURROUNDINGS, DatabaseFaults::failForNoKnownReason),
    /** A grant is revoked, or a table renamed, for a while. */
    DATABASE_MISCONFIGURED(Target.SURROUNDINGS, DatabaseFaults::misconfigure),
    /** The archive of the dead letters lacks a table for a while; wagers are stored all the while. */
    ARCHIVE_BROKEN(Target.SURROUNDINGS, DatabaseFaults::breakArchive),
    /** One pooled connection is in a state in which every insert fails for a reason that nobody has a kind for. */
    CONNECTION_POISONED(Target.SURROUNDINGS, DatabaseFaults::poisonConnection),
    /** Somebody else's transactions lock players in the opposite order, and keep them locked. */
    DATABASE_DEADLOCKING(Target.SURROUNDINGS, DatabaseFaults::deadlock);

    private final Target target;

    // A reference to a static method, which has no state.
    @SuppressWarnings("ImmutableEnumChecker")
    private final Injection injection;

    Fault(Target target, Injection injection) {
        this.target = target;
        this.injection = injection;
    }

    /** What a fault takes in hand: of each target one fault at a time, and both at once. */
    enum Target {
        /** The product's own processes and their connections. */
        SERVICES,
        /** Broker and database. */
        SURROUNDINGS
    }

    /** Injects the fault, and returns when it is healed. */
    void inject(Scene scene, Random random) throws Exception {
        injection.inject(scene, random);
    }

    /** What it takes in hand. */
    Target target() {
        return target;
    }

    /** For people and reports. */
    String label() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** Does harm for a seeded while, and heals it. */
    @FunctionalInterface
    interface Injection {
        void inject(Scene scene, Random random) throws Exception;
    }
}
