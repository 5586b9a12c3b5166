/** Tests of the standalone's liveness. */
@NullMarked
package io.wager.standalone.liveness;

import org.jspecify.annotations.NullMarked;
