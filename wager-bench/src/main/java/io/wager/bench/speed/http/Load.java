package io.wager.bench.speed.http;

import org.jspecify.annotations.Nullable;

/**
 * What a load generator shall do; it reads this from a file.
 *
 * @param baseUri of the API, without a path
 * @param model how requests follow each other
 * @param users clients at a time in the closed models; new clients a second in the open one
 * @param batch wagers in a request; 1 for single POSTs
 * @param warmUpSeconds load that is not counted but for its failures
 * @param seconds load that is
 * @param seed of the wagers
 * @param bodies how many different requests are made before the load starts; when they are used up they start over
 * @param key sent with each request; null for an API without access control
 * @param sampleEvery of so many new wagers one is asked for until it is stored; 0 for none
 */
record Load(
        String baseUri,
        Model model,
        int users,
        int batch,
        int warmUpSeconds,
        int seconds,
        long seed,
        int bodies,
        @Nullable String key,
        int sampleEvery) {

    /** A load for an API without access control; parameters as above. */
    Load(
            String baseUri,
            Model model,
            int users,
            int batch,
            int warmUpSeconds,
            int seconds,
            long seed,
            int bodies,
            int sampleEvery) {
        this(baseUri, model, users, batch, warmUpSeconds, seconds, seed, bodies, null, sampleEvery);
    }

    /** How requests follow each other. */
    enum Model {
        /** Each client keeps its connection, and sends when it has its answer. */
        CLOSED_KEEP_ALIVE,
        /** Each client sends when it has its answer, over a new connection. */
        CLOSED_NEW_CONNECTIONS,
        /** New clients come at a constant rate, whatever becomes of those before, connect, send one request and go. */
        OPEN
    }
}
