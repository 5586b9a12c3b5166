/** What a person sees while a command runs. */
@NullMarked
package io.wager.cli.terminal;

import org.jspecify.annotations.NullMarked;
