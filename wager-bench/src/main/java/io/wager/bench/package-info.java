/** The runs that hold the product to its promises, as commands. */
@NullMarked
package io.wager.bench;

import org.jspecify.annotations.NullMarked;
