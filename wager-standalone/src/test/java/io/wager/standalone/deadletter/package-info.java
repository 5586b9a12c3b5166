@NullMarked
package io.wager.standalone.deadletter;

import org.jspecify.annotations.NullMarked;
