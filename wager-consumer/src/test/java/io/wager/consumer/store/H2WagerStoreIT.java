package io.wager.consumer.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.wager.consumer.schema.TestSchema;
import java.nio.file.Path;
import javax.sql.DataSource;
import org.h2.jdbcx.JdbcConnectionPool;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
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
}
