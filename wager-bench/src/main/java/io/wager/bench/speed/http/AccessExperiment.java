package io.wager.bench.speed.http;

import io.wager.bench.speed.Comparison;
import io.wager.bench.speed.Comparison.Aim;
import io.wager.bench.speed.Experiment;
import io.wager.bench.speed.Measurements;
import io.wager.bench.speed.http.Load.Model;
import io.wager.testkit.ServiceProcess;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What API keys with their limits, and TLS, cost the accept path: the same jar on the same broker, open, with a key, and by HTTPS. */
public final class AccessExperiment implements Experiment {

    private static final String OPEN = "single POST, open";
    private static final String KEYS = "single POST, with API keys and limits";
    private static final String TLS = "single POST, by HTTPS";
    private static final String CPU = ": processor time of the API";

    private static final int CLIENTS = 128;
    private static final int BODIES = 20_000;
    private static final int LEAST_WARM_UP_SECONDS = 4;
    private static final int SERVER_WARM_UP_SECONDS = 40;

    private final Path folder;
    private final Path jars;
    private final int seconds;
    private final LoadGenerator generator;
    private @Nullable AccessServers servers;
    private long seed;

    /**
     * The experiment.
     *
     * @param folder of the whole run; a folder of this experiment's own is made in it
     * @param jars the folder of the modules with their built jars
     * @param seconds how long a load lasts after its warm-up
     */
    public AccessExperiment(Path folder, Path jars, int seconds) {
        this.folder = folder.resolve("access");
        this.jars = jars;
        this.seconds = seconds;
        generator = new LoadGenerator(this.folder);
    }

    @Override
    public String name() {
        return "access";
    }

    @Override
    public List<Comparison> comparisons() {
        return List.of(
                new Comparison(KEYS, OPEN, Aim.atLeast(0.95), "wagers/s"),
                new Comparison(KEYS + CPU, OPEN + CPU, null, "us"),
                new Comparison(TLS, OPEN, null, "wagers/s"),
                new Comparison(TLS + CPU, OPEN + CPU, null, "us"));
    }

    @Override
    public void prepare() throws Exception {
        servers = new AccessServers(Files.createDirectories(folder).toAbsolutePath(), jars);
        for (var variant : variants()) {
            generator.run("warm-up " + variant.name(), variant.load(SERVER_WARM_UP_SECONDS, 1, seed++));
            servers().purge();
        }
    }

    @Override
    public void measure(int round, Measurements measurements) throws Exception {
        var variants = variants();
        for (var variant : round % 2 == 0 ? variants : variants.reversed()) {
            var before = variant.process().cpuTime();
            var load = variant.load(Math.max(LEAST_WARM_UP_SECONDS, seconds / 2), seconds, seed++);
            var result = generator.run(variant.name() + " " + round, load);
            if (result.failed() > 0) {
                throw new IllegalStateException(variant.name() + ": requests failed, by status: " + result.failures());
            }
            measurements.add(variant.name(), result.rate());
            measurements.add(
                    variant.name() + CPU,
                    HttpExperiment.microsPerWager(variant.process().cpuTime().minus(before), result));
            servers().purge();
        }
    }

    private List<Variant> variants() {
        return List.of(
                new Variant(OPEN, servers().open(), servers().open().uri("").toString(), null),
                new Variant(
                        KEYS,
                        servers().withKeys(),
                        servers().withKeys().uri("").toString(),
                        servers().key().token()),
                new Variant(
                        TLS,
                        servers().byTls(),
                        "https://127.0.0.1:" + servers().byTls().port(),
                        null));
    }

    private AccessServers servers() {
        if (servers == null) {
            throw new IllegalStateException("prepare() comes first");
        }
        return servers;
    }

    @Override
    public void close() {
        if (servers != null) {
            servers.close();
        }
    }

    private record Variant(
            String name,
            ServiceProcess process,
            String uri,
            @Nullable String key) {

        Load load(int warmUpSeconds, int seconds, long seed) {
            return new Load(uri, Model.CLOSED_KEEP_ALIVE, CLIENTS, 1, warmUpSeconds, seconds, seed, BODIES, key, 0);
        }
    }
}
