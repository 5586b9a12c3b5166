/** Lets requests finish and clients move elsewhere before the service stops. */
@NullMarked
package io.wager.api.drain;

import org.jspecify.annotations.NullMarked;
