/** The service that takes wagers over HTTP, publishes them, and answers reads. */
@NullMarked
package io.wager.api;

import org.jspecify.annotations.NullMarked;
