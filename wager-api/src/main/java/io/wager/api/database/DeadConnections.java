package io.wager.api.database;

import com.zaxxer.hikari.SQLExceptionOverride;
import java.sql.SQLException;
import java.util.Set;

/**
 * Has the pool throw away H2 connections whose database was closed or restarted. The pool knows SQL's own states for that
 * (class 08), and H2 has others; without this a connection that is used again and again within half a second is never looked
 * at and stays, dead.
 */
public final class DeadConnections implements SQLExceptionOverride {

    /** H2: the database or the connection was closed, the object was, the connection is broken. */
    private static final Set<Integer> H2_CODES = Set.of(90121, 90098, 90007, 90067);

    @java.lang.Override
    public SQLExceptionOverride.Override adjudicate(SQLException failure) {
        return H2_CODES.contains(failure.getErrorCode())
                ? SQLExceptionOverride.Override.MUST_EVICT
                : SQLExceptionOverride.Override.CONTINUE_EVICT;
    }
}
