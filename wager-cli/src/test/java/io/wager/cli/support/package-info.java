/** A server that keeps the contract in memory, and ways to fail. */
@NullMarked
package io.wager.cli.support;

import org.jspecify.annotations.NullMarked;
