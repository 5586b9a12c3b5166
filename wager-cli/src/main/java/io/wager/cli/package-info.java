/** The command line: what is typed, and the exit codes. */
@NullMarked
package io.wager.cli;

import org.jspecify.annotations.NullMarked;
