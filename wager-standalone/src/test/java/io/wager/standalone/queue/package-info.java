/** Tests of the embedded transport. */
@NullMarked
package io.wager.standalone.queue;

import org.jspecify.annotations.NullMarked;
