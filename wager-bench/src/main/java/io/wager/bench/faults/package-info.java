/** Faults at seeded moments, while clients post. */
@NullMarked
package io.wager.bench.faults;

import org.jspecify.annotations.NullMarked;
