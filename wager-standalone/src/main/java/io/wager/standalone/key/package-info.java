/** {@code ./wager key}: makes, lists and revokes API keys in a file. */
@NullMarked
package io.wager.standalone.key;

import org.jspecify.annotations.NullMarked;
