/** Takes dead letters off their queue into the archive, where operators find them, and deletes them after their retention. */
@NullMarked
package io.wager.consumer.deadletter;

import org.jspecify.annotations.NullMarked;
