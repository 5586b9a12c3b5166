package io.wager.consumer.deadletter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.wager.consumer.schema.TestSchema;
import io.wager.consumer.store.StoreException;
import io.wager.consumer.store.StoreProperties;
import io.wager.consumer.store.StoreTransactions;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import javax.sql.DataSource;
import org.h2.jdbcx.JdbcConnectionPool;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.jdbc.core.JdbcTemplate;

/** The archive on an H2 file database. */
class H2DeadLetterArchiveIT extends DeadLetterArchiveContract {

    @TempDir
    private static Path folder;

    private static JdbcConnectionPool pool;

    @BeforeAll
    static void createDatabase() {
        pool = JdbcConnectionPool.create("jdbc:h2:file:" + folder.resolve("wagers") + ";WRITE_DELAY=0", "sa", "");
        TestSchema.migrate(pool);
    }

    @AfterAll
    static void closeDatabase() {
        pool.dispose();
    }

    @Override
    DataSource dataSource() {
        return pool;
    }

    /** H2 2.4 keeps the connection that made the table in the constant set of an IN. */
    @Test
    void noCheckDependsOnTheConnectionThatMigrated() {
        var checks = new JdbcTemplate(pool)
                .queryForList("SELECT check_clause FROM information_schema.check_constraints", String.class);

        assertThat(checks).hasSizeGreaterThanOrEqualTo(3).noneMatch(check -> check.contains(" IN("));
    }

    @ParameterizedTest
    @ValueSource(strings = {"dead_letter", "dead_letter_content", "dead_letter_event"})
    void aRehearsalFailsWithoutAnyOfTheTablesThatTheArchiveNeeds(String table) {
        var jdbc = new JdbcTemplate(pool);
        var archive = new JdbcDeadLetterArchive(
                new StoreTransactions(pool, new StoreProperties(Duration.ofSeconds(5), Duration.ofSeconds(30), 1_000)),
                Clock.systemUTC());
        jdbc.execute("ALTER TABLE " + table + " RENAME TO gone");
        try {
            assertThatExceptionOfType(StoreException.class)
                    .isThrownBy(archive::rehearse)
                    .returns(StoreException.Kind.MISCONFIGURED, StoreException::kind);
        } finally {
            jdbc.execute("ALTER TABLE gone RENAME TO " + table);
        }
        archive.rehearse();
    }
}
