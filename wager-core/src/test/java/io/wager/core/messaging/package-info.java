/** Tests of what the services say to each other. */
@NullMarked
package io.wager.core.messaging;

import org.jspecify.annotations.NullMarked;
