package io.wager.service.database;

import com.zaxxer.hikari.SQLExceptionOverride;
import java.sql.SQLException;

/**
 * Has the pool throw away connections that would fail again: those that the database ended, those to a server that is not the
 * primary any more, and those on which something failed that nobody has a kind for. The pool itself knows SQL's own states for that
 * (class 08), and a connection that is used again and again within half a second is never looked at. A new one costs a login.
 */
public final class DeadConnections implements SQLExceptionOverride {

    @java.lang.Override
    public SQLExceptionOverride.Override adjudicate(SQLException failure) {
        return DatabaseFaults.isOfTheConnection(failure)
                ? SQLExceptionOverride.Override.MUST_EVICT
                : SQLExceptionOverride.Override.CONTINUE_EVICT;
    }
}
