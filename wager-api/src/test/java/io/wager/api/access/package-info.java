/** Tests of what says who may do what, and how often. */
@NullMarked
package io.wager.api.access;

import org.jspecify.annotations.NullMarked;
