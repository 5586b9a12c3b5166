@NullMarked
package io.wager.api.deadletter;

import org.jspecify.annotations.NullMarked;
