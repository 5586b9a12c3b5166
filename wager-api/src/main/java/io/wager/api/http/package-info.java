/** HTTP support for all endpoints: bounded bodies, strict query parameters, the server's settings. */
@NullMarked
package io.wager.api.http;

import org.jspecify.annotations.NullMarked;
