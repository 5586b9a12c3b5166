/** Tests of services that stop and start under load. */
@NullMarked
package io.wager.standalone.drain;

import org.jspecify.annotations.NullMarked;
