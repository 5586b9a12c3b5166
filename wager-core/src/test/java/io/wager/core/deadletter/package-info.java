@NullMarked
package io.wager.core.deadletter;

import org.jspecify.annotations.NullMarked;
