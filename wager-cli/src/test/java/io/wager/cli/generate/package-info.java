/** Tests of the generated stream. */
@NullMarked
package io.wager.cli.generate;

import org.jspecify.annotations.NullMarked;
