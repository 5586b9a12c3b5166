/** Tests of what the loads over HTTP are made and judged by. */
@NullMarked
package io.wager.bench.speed.http;

import org.jspecify.annotations.NullMarked;
