/** The wager as clients, messages and services agree on it: its record, rules, JSON and content hash. No I/O. */
@NullMarked
package io.wager.core.wager;

import org.jspecify.annotations.NullMarked;
