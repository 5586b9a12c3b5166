/** Tests of TLS to the database. */
@NullMarked
package io.wager.service.tls;

import org.jspecify.annotations.NullMarked;
