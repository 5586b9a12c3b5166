/** Who may do what: the roles, which operation needs which, and who is calling. */
@NullMarked
package io.wager.api.access;

import org.jspecify.annotations.NullMarked;
