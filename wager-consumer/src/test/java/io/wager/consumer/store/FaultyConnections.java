package io.wager.consumer.store;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.Map;
import javax.sql.DataSource;
import org.springframework.jdbc.datasource.DelegatingDataSource;

/** Connections of a database. The next one to be opened fails at what it is told to fail at, each time; those after it do not. */
final class FaultyConnections extends DelegatingDataSource {

    private final Map<String, SQLException> faults = new HashMap<>();
    private int opened;

    FaultyConnections(DataSource database) {
        super(database);
    }

    /** The next connection will fail at a method, with this each time. */
    void fail(String method, SQLException failure) {
        faults.put(method, failure);
    }

    /** How many connections were opened. */
    int opened() {
        return opened;
    }

    @Override
    public Connection getConnection() throws SQLException {
        var connection = super.getConnection();
        var own = new HashMap<>(faults);
        faults.clear();
        opened++;
        return (Connection) Proxy.newProxyInstance(
                Connection.class.getClassLoader(), new Class<?>[] {Connection.class}, (proxy, method, arguments) -> {
                    var failure = own.get(method.getName());
                    if (failure != null) {
                        throw failure;
                    }
                    try {
                        return method.invoke(connection, arguments);
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                });
    }
}
