package io.wager.api.database;

import com.zaxxer.hikari.SQLExceptionOverride;
import java.sql.SQLException;

/**
 * Has the pool throw away connections that would fail again: those whose database was closed or restarted, and those on which
 * something failed that nobody has a kind for. The pool knows SQL's own states for that (class 08), and a connection that is used
 * again and again within half a second is never looked at. A new one costs a login.
 */
public final class DeadConnections implements SQLExceptionOverride {

    @java.lang.Override
    public SQLExceptionOverride.Override adjudicate(SQLException error) {
        var failure = DatabaseFailure.of(error);
        return failure != null && failure.isOfTheConnection()
                ? SQLExceptionOverride.Override.MUST_EVICT
                : SQLExceptionOverride.Override.CONTINUE_EVICT;
    }
}
