/** Benchmarks of the hot pieces by JMH. */
@NullMarked
package io.wager.bench.micro;

import org.jspecify.annotations.NullMarked;
