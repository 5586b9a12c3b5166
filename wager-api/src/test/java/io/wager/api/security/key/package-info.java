/** API keys. */
@NullMarked
package io.wager.api.security.key;

import org.jspecify.annotations.NullMarked;
