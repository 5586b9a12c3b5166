/** TLS to the database, by Spring's SSL bundles. */
@NullMarked
package io.wager.service.tls;

import org.jspecify.annotations.NullMarked;
