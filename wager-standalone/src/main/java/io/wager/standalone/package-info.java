/** Both services in one process on embedded parts, and the command that starts it. */
@NullMarked
package io.wager.standalone;

import org.jspecify.annotations.NullMarked;
