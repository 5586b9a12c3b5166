/** What players did: their history, and who spent most. */
@NullMarked
package io.wager.api.player;

import org.jspecify.annotations.NullMarked;
