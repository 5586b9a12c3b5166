/** Tests of what is typed and of the layers. */
@NullMarked
package io.wager.cli;

import org.jspecify.annotations.NullMarked;
