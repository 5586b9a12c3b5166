/** The wager that clients, messages and services share: its record, rules, JSON and content hash. No I/O. */
@NullMarked
package io.wager.core.wager;

import org.jspecify.annotations.NullMarked;
