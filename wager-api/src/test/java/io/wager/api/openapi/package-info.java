/** The OpenAPI document. */
@NullMarked
package io.wager.api.openapi;

import org.jspecify.annotations.NullMarked;
