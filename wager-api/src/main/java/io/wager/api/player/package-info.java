/** Reads about players: their history, and the top spenders. */
@NullMarked
package io.wager.api.player;

import org.jspecify.annotations.NullMarked;
