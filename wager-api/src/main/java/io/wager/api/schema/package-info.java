/** The database as the API sees it: whether its schema is there, and how columns are read. */
@NullMarked
package io.wager.api.schema;

import org.jspecify.annotations.NullMarked;
