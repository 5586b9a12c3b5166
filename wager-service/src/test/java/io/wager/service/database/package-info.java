/** Tests of what the database's errors mean. */
@NullMarked
package io.wager.service.database;

import org.jspecify.annotations.NullMarked;
