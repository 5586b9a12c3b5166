/** The messaging between the services: topology, headers, dead letters, and the ports that every transport implements. */
@NullMarked
package io.wager.core.messaging;

import org.jspecify.annotations.NullMarked;
