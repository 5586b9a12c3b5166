/** The identity of the request in progress: its trace, its correlation id. */
@NullMarked
package io.wager.api.request;

import org.jspecify.annotations.NullMarked;
