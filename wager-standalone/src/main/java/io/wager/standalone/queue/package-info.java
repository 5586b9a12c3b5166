/** The transport of one process without a broker: the queues are tables of an H2 file of their own. */
@NullMarked
package io.wager.standalone.queue;

import org.jspecify.annotations.NullMarked;
