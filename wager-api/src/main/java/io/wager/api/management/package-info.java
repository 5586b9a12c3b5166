/** The port of health, metrics and info, where it is not that of the API. */
@NullMarked
package io.wager.api.management;

import org.jspecify.annotations.NullMarked;
