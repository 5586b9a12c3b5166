/** API keys: how they are made, the file that holds them, and how it is read again when it changes. */
@NullMarked
package io.wager.api.security.key;

import org.jspecify.annotations.NullMarked;
