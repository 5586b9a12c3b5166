/** The commands for API keys. */
@NullMarked
package io.wager.standalone.key;

import org.jspecify.annotations.NullMarked;
