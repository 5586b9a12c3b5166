/** The actions of operators on dead letters: requeue, edit, discard, restore. */
@NullMarked
package io.wager.api.repair;

import org.jspecify.annotations.NullMarked;
