/** What the services say to each other: topology, headers, dead letters, and the ports that every transport stands behind. */
@NullMarked
package io.wager.core.messaging;

import org.jspecify.annotations.NullMarked;
