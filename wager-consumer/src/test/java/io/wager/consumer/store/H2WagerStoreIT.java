package io.wager.consumer.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.wager.consumer.schema.TestSchema;
import java.nio.file.Path;
import javax.sql.DataSource;
import org.h2.jdbcx.JdbcConnectionPool;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.jdbc.core.JdbcTemplate;

/** The store on an H2 file database. */
class H2WagerStoreIT extends WagerStoreContract {

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

    /** Each costs every wager a page that changes. */
    @Test
    void aWagerIsInNoIndexThatNothingReads() {
        var indexes = new JdbcTemplate(pool)
                .queryForList(
                        "SELECT index_name FROM information_schema.indexes WHERE table_name = 'WAGER'", String.class);

        assertThat(indexes)
                .hasSize(3)
                .contains("IX_WAGER_ACCOUNT_CREATED")
                .anyMatch(index -> index.startsWith("UQ_WAGER_WAGER_ID"))
                .anyMatch(index -> index.startsWith("PRIMARY_KEY"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"provider", "game", "wager", "wager_conflict", "player", "player_day", "dead_letter"})
    void aRehearsalFailsWithoutAnyOfTheTablesThatTheStoreNeeds(String table) {
        var jdbc = new JdbcTemplate(pool);
        jdbc.execute("ALTER TABLE " + table + " RENAME TO gone");
        try {
            assertThatExceptionOfType(StoreException.class)
                    .isThrownBy(() -> TestStore.on(pool).rehearse())
                    .returns(StoreException.Kind.MISCONFIGURED, StoreException::kind);
        } finally {
            jdbc.execute("ALTER TABLE gone RENAME TO " + table);
        }
        TestStore.on(pool).rehearse();
    }
}
