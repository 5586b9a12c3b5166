/** What both services need of the database: what its errors mean, which connections are dead, which rights are missing. */
@NullMarked
package io.wager.service.database;

import org.jspecify.annotations.NullMarked;
