/** The wager API as a client sees it: requests, answers, and what may be tried again. */
@NullMarked
package io.wager.cli.api;

import org.jspecify.annotations.NullMarked;
