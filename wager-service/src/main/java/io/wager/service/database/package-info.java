/** Database support for both services: the meaning of errors, dead connections, missing rights. */
@NullMarked
package io.wager.service.database;

import org.jspecify.annotations.NullMarked;
