package io.wager.consumer.deadletter;

import java.sql.Connection;
import java.sql.SQLException;
import org.h2.api.Trigger;

/** Fails every insert of a wager of one player, for a reason that nobody has a kind for. */
public final class FailingTrigger implements Trigger {

    static final String USERNAME = "The unknown failure";

    @Override
    public void fire(Connection connection, Object[] oldRow, Object[] newRow) throws SQLException {
        for (var value : newRow) {
            if (USERNAME.equals(value)) {
                throw new SQLException("nobody knows");
            }
        }
    }
}
