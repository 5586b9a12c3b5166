/** Tests with what no honest client sends. */
@NullMarked
package io.wager.api.hostile;

import org.jspecify.annotations.NullMarked;
