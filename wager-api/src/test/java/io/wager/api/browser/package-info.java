/** Tests of what browsers are told. */
@NullMarked
package io.wager.api.browser;

import org.jspecify.annotations.NullMarked;
