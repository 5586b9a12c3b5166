/** Tests of what stands between the features and the transport. */
@NullMarked
package io.wager.api.publish;

import org.jspecify.annotations.NullMarked;
