package io.wager.api.support;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.SQLException;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.datasource.DelegatingDataSource;

/** What every statement on the shared database fails with, while it is told to. Safe for any number of threads. */
public final class DatabaseFault {

    private volatile @Nullable SQLException failure;

    /** From now on every statement fails with this. */
    public void fail(SQLException with) {
        failure = with;
    }

    /** Every statement is run again. */
    public void heal() {
        failure = null;
    }

    DataSource on(DataSource database) {
        return new DelegatingDataSource(database) {
            @Override
            public Connection getConnection() throws SQLException {
                return faulty(super.getConnection());
            }
        };
    }

    private Connection faulty(Connection connection) {
        return (Connection) Proxy.newProxyInstance(
                Connection.class.getClassLoader(), new Class<?>[] {Connection.class}, (proxy, method, arguments) -> {
                    var told = failure;
                    if (told != null && method.getName().matches("prepareStatement|createStatement")) {
                        throw told;
                    }
                    try {
                        return method.invoke(connection, arguments);
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                });
    }
}
