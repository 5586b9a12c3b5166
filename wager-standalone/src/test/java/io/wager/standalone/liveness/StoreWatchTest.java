package io.wager.standalone.liveness;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.h2.jdbcx.JdbcDataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StoreWatchTest {

    private final List<String> told = new ArrayList<>();
    private final List<Integer> exitCodes = new ArrayList<>();
    private final JdbcDataSource database = new JdbcDataSource();
    private StoreWatch watch;

    @TempDir
    private Path folder;

    @BeforeEach
    void watch() {
        database.setUrl("jdbc:h2:file:" + folder.resolve("wager"));
        database.setUser("sa");
        watch = new StoreWatch(database, new Remembering(), Duration.ZERO);
    }

    @AfterEach
    void close() throws SQLException {
        watch.close();
    }

    @Test
    void anOpenDatabaseIsLeftAlone() {
        watch.look();
        watch.look();

        assertThat(told).isEmpty();
    }

    @Test
    void aDatabaseThatWasClosedIsOpenedAgain() throws Exception {
        watch.look();
        shutDown();

        watch.look();

        assertThat(told).containsExactly("broken", "mended");
    }

    @Test
    void aDatabaseThatDoesNotOpenAgainEndsTheProcess() throws Exception {
        watch.look();
        shutDown();
        Files.writeString(folder.resolve("wager.mv.db"), "no database");

        watch.look();
        watch.look();

        assertThat(told).containsExactly("broken");
        assertThat(exitCodes).contains(Liveness.DATABASE_LOST);
    }

    private void shutDown() throws SQLException {
        try (var connection = database.getConnection();
                var statement = connection.createStatement()) {
            statement.execute("SHUTDOWN IMMEDIATELY");
        }
    }

    private final class Remembering implements Liveness {

        @Override
        public void broken(String part, Throwable cause) {
            told.add("broken");
        }

        @Override
        public void mended(String part) {
            told.add("mended");
        }

        @Override
        public void end(int exitCode, String message, Throwable cause) {
            exitCodes.add(exitCode);
        }
    }
}
