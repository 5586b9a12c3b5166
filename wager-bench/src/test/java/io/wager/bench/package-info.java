/** Tests of the commands. */
@NullMarked
package io.wager.bench;

import org.jspecify.annotations.NullMarked;
