package io.wager.api.deadletter;

import java.util.List;

/**
 * A page of dead letters; the {@code Link} header leads on.
 *
 * @param deadLetters latest failure first
 */
record DeadLetterPage(List<DeadLetterItem> deadLetters) {}
