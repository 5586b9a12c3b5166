/** Tests of limits. */
@NullMarked
package io.wager.api.limit;

import org.jspecify.annotations.NullMarked;
