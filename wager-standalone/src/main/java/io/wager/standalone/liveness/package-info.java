/** What this process does when it can't get well by itself: it says so, and ends. */
@NullMarked
package io.wager.standalone.liveness;

import org.jspecify.annotations.NullMarked;
