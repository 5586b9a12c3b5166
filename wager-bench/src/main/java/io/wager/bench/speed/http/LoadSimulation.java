package io.wager.bench.speed.http;

import static io.gatling.javaapi.core.CoreDsl.ByteArrayBody;
import static io.gatling.javaapi.core.CoreDsl.atOnceUsers;
import static io.gatling.javaapi.core.CoreDsl.constantUsersPerSec;
import static io.gatling.javaapi.core.CoreDsl.during;
import static io.gatling.javaapi.core.CoreDsl.exec;
import static io.gatling.javaapi.core.CoreDsl.scenario;
import static io.gatling.javaapi.http.HttpDsl.http;
import static io.gatling.javaapi.http.HttpDsl.status;

import com.fasterxml.jackson.databind.json.JsonMapper;
import io.gatling.javaapi.core.ChainBuilder;
import io.gatling.javaapi.core.PopulationBuilder;
import io.gatling.javaapi.core.Session;
import io.gatling.javaapi.core.Simulation;
import io.gatling.javaapi.http.HttpProtocolBuilder;
import io.wager.bench.speed.http.Load.Model;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Makes one load by Gatling, in a process of its own: reads a {@link Load} and writes a {@link LoadResult}. */
public final class LoadSimulation extends Simulation {

    /** System property: the file with the {@link Load}. */
    static final String LOAD = "wager.load";

    /** System property: the file for the {@link LoadResult}. */
    static final String RESULT = "wager.load-result";

    private static final String BODY = "body";
    private static final String START = "start";
    private static final String STATUS = "status";
    private static final Duration PATIENCE = Duration.ofMinutes(1);

    private final Load load = read();
    private final Bodies bodies = Bodies.of(load);
    private final @Nullable FateProbe probe = load.sampleEvery() > 0 ? new FateProbe(load.baseUri()) : null;
    private @Nullable LoadRecorder recorder;

    /** Sets up what the load's file says. */
    public LoadSimulation() {
        var lasts = Duration.ofSeconds(load.warmUpSeconds() + load.seconds());
        setUp(population(lasts).protocols(protocol())).maxDuration(lasts.plus(PATIENCE));
    }

    private PopulationBuilder population(Duration lasts) {
        var post = post();
        return switch (load.model()) {
            case CLOSED_KEEP_ALIVE, CLOSED_NEW_CONNECTIONS ->
                scenario("wagers").exec(during(lasts).on(post)).injectOpen(atOnceUsers(load.users()));
            case OPEN ->
                scenario("wagers")
                        .exec(post)
                        .injectOpen(constantUsersPerSec(load.users()).during(lasts));
        };
    }

    private HttpProtocolBuilder protocol() {
        var key = load.key();
        var protocol = http.baseUrl(load.baseUri());
        return (key == null ? protocol : protocol.header("X-API-Key", key))
                .connectionHeader(load.model() == Model.CLOSED_KEEP_ALIVE ? "keep-alive" : "close")
                .contentTypeHeader("application/json")
                .disableWarmUp()
                .disableCaching()
                .disableFollowRedirect();
    }

    private ChainBuilder post() {
        var path = load.batch() == 1 ? "/api/player/casinowager" : "/api/player/casinowagers";
        return exec(this::begin)
                .exec(http("post")
                        .post(path)
                        .body(ByteArrayBody(session -> body(session).json()))
                        .check(status().saveAs(STATUS)))
                .exec(this::end);
    }

    private Session begin(Session session) {
        return session.remove(STATUS).set(BODY, bodies.next()).set(START, System.nanoTime());
    }

    private Session end(Session session) {
        var now = System.nanoTime();
        var status = session.contains(STATUS) ? session.getInt(STATUS) : 0;
        var sample = body(session).sample();
        if (recorder().record(session.getLong(START), now, status) && sample != null && probe != null) {
            probe.accepted(sample, now, recorder().isAfterWarmUp(now));
        }
        return session.markAsSucceeded();
    }

    private static Bodies.Body body(Session session) {
        Bodies.Body body = session.get(BODY);
        if (body == null) {
            throw new IllegalStateException("a request without a body");
        }
        return body;
    }

    @Override
    public void before() {
        recorder = new LoadRecorder(load);
    }

    @Override
    public void after() {
        try {
            JsonMapper.builder()
                    .build()
                    .writeValue(file(RESULT).toFile(), recorder().result(probe == null ? null : probe.finish()));
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    private LoadRecorder recorder() {
        if (recorder == null) {
            throw new IllegalStateException("Gatling calls before() first");
        }
        return recorder;
    }

    private static Load read() {
        try {
            return JsonMapper.builder().build().readValue(file(LOAD).toFile(), Load.class);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    private static Path file(String property) {
        var name = System.getProperty(property);
        if (name == null) {
            throw new IllegalStateException("-D" + property + " is missing");
        }
        return Path.of(name);
    }
}
