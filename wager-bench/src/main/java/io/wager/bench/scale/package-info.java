/** A simulation of wager at sizes that no single machine has, from what its parts cost on one. */
@NullMarked
package io.wager.bench.scale;

import org.jspecify.annotations.NullMarked;
