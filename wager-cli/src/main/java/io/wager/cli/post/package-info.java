/** Reads wagers from a file or standard input and posts them until each has its receipt. */
@NullMarked
package io.wager.cli.post;

import org.jspecify.annotations.NullMarked;
