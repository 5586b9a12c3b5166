/** For tests only: fixtures in the domain's words, contract suites, and real parts to run against. */
@NullMarked
package io.wager.testkit;

import org.jspecify.annotations.NullMarked;
