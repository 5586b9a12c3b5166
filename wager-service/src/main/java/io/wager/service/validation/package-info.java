/** Settings of the rules of a wager, the same for both services. */
@NullMarked
package io.wager.service.validation;

import org.jspecify.annotations.NullMarked;
