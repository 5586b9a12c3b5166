/**
 * Measures the way in: POSTs over HTTP, against the same server without a broker and against the broker by itself. Gatling
 * makes the load: its parts that are used here are under the Apache License 2.0, and its charts are not needed.
 */
@NullMarked
package io.wager.bench.speed.http;

import org.jspecify.annotations.NullMarked;
