/** Every error as RFC 9457 problem details: the catalogue of types, and the conversion of failures. */
@NullMarked
package io.wager.api.problem;

import org.jspecify.annotations.NullMarked;
