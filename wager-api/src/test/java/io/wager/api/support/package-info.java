/** What the tests of the API run on: the API on a real Tomcat, with a fake publisher and H2. */
@NullMarked
package io.wager.api.support;

import org.jspecify.annotations.NullMarked;
