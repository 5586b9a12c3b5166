/** Tests of reading and posting. */
@NullMarked
package io.wager.cli.post;

import org.jspecify.annotations.NullMarked;
