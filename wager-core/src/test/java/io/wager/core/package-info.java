/** Tests of the module's structure. */
@NullMarked
package io.wager.core;

import org.jspecify.annotations.NullMarked;
