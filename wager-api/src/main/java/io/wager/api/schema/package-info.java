/** The API's view of the schema: whether it is there, and how columns are read. */
@NullMarked
package io.wager.api.schema;

import org.jspecify.annotations.NullMarked;
