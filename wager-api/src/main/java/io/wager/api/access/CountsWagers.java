package io.wager.api.access;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Has requests to a handler counted by the wagers in them, of the quota {@code wagers}. The first is charged before the body is read, the
 * others by the handler once it has counted them. Requests to other handlers count one each, of the quota {@code requests}.
 */
@Target(ElementType.METHOD)
@Retention(RetentionPolicy.RUNTIME)
public @interface CountsWagers {}
