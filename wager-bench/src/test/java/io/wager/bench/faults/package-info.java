/** Tests of the fault runs. */
@NullMarked
package io.wager.bench.faults;

import org.jspecify.annotations.NullMarked;
