/** What people did: written with every action, never changed, read by whoever has to know. */
@NullMarked
package io.wager.api.audit;

import org.jspecify.annotations.NullMarked;
