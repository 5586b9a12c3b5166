package io.wager.service.database;

import com.zaxxer.hikari.SQLExceptionOverride;
import java.sql.SQLException;

/**
 * Lets the pool discard connections that would fail again: those that the database ended, those to a server that is not the primary any
 * more, and those with a failure of unknown kind. The pool itself only knows SQL's own states for this (class 08), and it never checks a
 * connection that is used again within half a second. A new connection costs a login.
 */
public final class DeadConnections implements SQLExceptionOverride {

    @java.lang.Override
    public SQLExceptionOverride.Override adjudicate(SQLException failure) {
        return DatabaseFaults.isOfTheConnection(failure)
                ? SQLExceptionOverride.Override.MUST_EVICT
                : SQLExceptionOverride.Override.CONTINUE_EVICT;
    }
}
