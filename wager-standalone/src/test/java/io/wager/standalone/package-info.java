/** Journeys through the whole: the standalone, and the two services on real parts. */
@NullMarked
package io.wager.standalone;

import org.jspecify.annotations.NullMarked;
