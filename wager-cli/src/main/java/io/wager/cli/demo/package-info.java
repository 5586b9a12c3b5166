/** Sends a generated stream and holds what the service then answers against what was sent. */
@NullMarked
package io.wager.cli.demo;

import org.jspecify.annotations.NullMarked;
