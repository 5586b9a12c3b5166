/** Every error as RFC 9457 problem details: the catalogue of types, and the places that turn failures into them. */
@NullMarked
package io.wager.api.problem;

import org.jspecify.annotations.NullMarked;
