/** Tests of the management port. */
@NullMarked
package io.wager.api.management;

import org.jspecify.annotations.NullMarked;
