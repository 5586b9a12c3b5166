/** Tests of the rules that the module keeps. */
@NullMarked
package io.wager.service;

import org.jspecify.annotations.NullMarked;
