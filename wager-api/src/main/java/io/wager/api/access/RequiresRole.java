package io.wager.api.access;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Which roles a caller needs for an operation: any one of them. It is the only place that says so. Requests are decided by it, and
 * the OpenAPI document is written from it. A handler with neither this nor {@link OpenToAll} is open to nobody.
 */
@Documented
@Target(ElementType.METHOD)
@Retention(RetentionPolicy.RUNTIME)
public @interface RequiresRole {

    /** The roles of which one suffices. */
    Role[] value();
}
