/** What browsers are told, so that no page of somebody else's can use the API through them. */
@NullMarked
package io.wager.api.browser;

import org.jspecify.annotations.NullMarked;
