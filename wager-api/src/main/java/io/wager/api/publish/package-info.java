/** Guards publishing: while the broker does not answer, publishes fail at once instead of waiting. */
@NullMarked
package io.wager.api.publish;

import org.jspecify.annotations.NullMarked;
