/** Accepting wagers: read, validate, publish, answer once they are durable. */
@NullMarked
package io.wager.api.wager;

import org.jspecify.annotations.NullMarked;
