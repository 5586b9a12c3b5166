/** Wagers, players and turnover by group. */
@NullMarked
package io.wager.api.analytics;

import org.jspecify.annotations.NullMarked;
