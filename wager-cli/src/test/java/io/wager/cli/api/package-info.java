/** Tests of what a client reads and writes. */
@NullMarked
package io.wager.cli.api;

import org.jspecify.annotations.NullMarked;
