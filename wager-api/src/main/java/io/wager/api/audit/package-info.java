/** The audit of people's actions: written with every action, and never changed. */
@NullMarked
package io.wager.api.audit;

import org.jspecify.annotations.NullMarked;
