/** What stands between the features and the transport: fails at once what would only wait for a broker that does not answer. */
@NullMarked
package io.wager.api.publish;

import org.jspecify.annotations.NullMarked;
