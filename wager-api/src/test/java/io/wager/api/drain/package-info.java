/** Tests of how the service stops. */
@NullMarked
package io.wager.api.drain;

import org.jspecify.annotations.NullMarked;
