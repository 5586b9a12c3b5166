package io.wager.consumer.schema;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.wager.testkit.Grants;
import io.wager.testkit.SqlServerAccount;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.JdbcTemplate;

/**
 * What each role may do, tried: every operation on every table as a user in that role alone, on SQL Server or on what speaks its language;
 * skipped where there is neither. What is expected is the table of docs/database.md.
 */
class SqlServerRolesIT {

    private static final Map<String, SqlServerAccount> MEMBERS = Map.of(
            "wager_reader", SqlServerAccount.READER,
            "wager_writer", SqlServerAccount.CONSUMER,
            "dead_letter_operator", SqlServerAccount.OPERATOR,
            "wager_repairer", SqlServerAccount.REPAIRER);

    /** Of a database that does not let do something; the last two say that there is no such thing to be seen. */
    private static final Set<Integer> REFUSALS = Set.of(229, 230, 262, 297, 1088, 2760, 3701, 4902, 15151, 15247);

    private static final List<String> FORBIDDEN = List.of(
            "CREATE TABLE made_by_role (i INT)",
            "ALTER TABLE wager ADD added_by_role INT",
            "DROP TABLE audit_entry",
            "TRUNCATE TABLE audit_entry",
            "CREATE TYPE type_by_role AS TABLE (i INT)",
            "DROP TYPE id_list",
            "CREATE PROCEDURE procedure_by_role AS SELECT 1",
            "CREATE ROLE role_by_role",
            "CREATE SCHEMA schema_by_role",
            "CREATE LOGIN login_by_role WITH PASSWORD = 'Aa1-login-by-role'");

    private static @Nullable SqlServerTestDatabase database;

    private final DocumentedRights documented = DocumentedRights.read();

    @BeforeAll
    static void createDatabase() {
        database = SqlServerTestDatabase.require();
    }

    @AfterAll
    static void dropDatabase() {
        if (database != null) {
            database.close();
        }
    }

    @Test
    void everyRoleMayDoWhatIsDocumentedAndNothingElse() {
        assertThat(found()).isEqualTo(documented.byRole());
    }

    @Test
    void theApiMayDoWhatItsTwoRolesMay() {
        assertThat(allowed(SqlServerAccount.API)).isEqualTo(rightsOfTheApi());
    }

    @Test
    void everyRoleMayUseEveryTableType() {
        for (var account : MEMBERS.values()) {
            for (var type : Grants.ofMigrations().types()) {
                assertThat(isAllowed(account, "DECLARE @list " + type + "; SELECT COUNT(*) FROM @list"))
                        .as("%s %s", account, type)
                        .isTrue();
            }
        }
    }

    @Test
    void nobodyButTheOwnerChangesTheSchema() {
        for (var account : EnumSet.complementOf(EnumSet.of(SqlServerAccount.OWNER))) {
            for (var statement : FORBIDDEN) {
                assertThat(isAllowed(account, statement))
                        .as("%s: %s", account, statement)
                        .isFalse();
            }
        }
    }

    /** Some endpoints that only speak T-SQL ignore such a GRANT in silence, so its effect is looked at. */
    @Test
    void nobodyGivesHimselfARight() {
        for (var account : MEMBERS.values()) {
            var before = allowed(account);
            var login = account.login(test().endpoint().database());

            isAllowed(account, "GRANT DELETE ON wager TO " + login);
            isAllowed(account, "GRANT UPDATE ON audit_entry TO " + login);
            isAllowed(account, "ALTER ROLE wager_repairer ADD MEMBER " + login);
            isAllowed(account, "ALTER ROLE db_owner ADD MEMBER " + login);

            assertThat(allowed(account)).as(account.toString()).isEqualTo(before);
        }
    }

    @Test
    void theOwnerHasTheSchemaAndNothingElse() {
        assumeTrue(test().endpoint().isRealSqlServer(), "elsewhere the owner is the administrator");
        var owner = SqlServerAccount.OWNER;

        assertThat(isAllowed(owner, "CREATE TABLE owners (i INT)")).isTrue();
        assertThat(isAllowed(owner, "GRANT SELECT ON owners TO wager_reader")).isTrue();
        assertThat(isAllowed(owner, "ALTER TABLE owners ADD j INT")).isTrue();
        assertThat(isAllowed(owner, "DROP TABLE owners")).isTrue();
        assertThat(isAllowed(owner, "CREATE TYPE owners_type AS TABLE (i INT)")).isTrue();
        assertThat(isAllowed(owner, "DROP TYPE owners_type")).isTrue();
        assertThat(isAllowed(owner, "CREATE PROCEDURE owners_procedure AS SELECT 1"))
                .isFalse();
        assertThat(isAllowed(owner, "CREATE SCHEMA owners_schema")).isFalse();
        assertThat(isAllowed(owner, "CREATE ROLE owners_role")).isFalse();
        assertThat(isAllowed(owner, "CREATE LOGIN owners_login WITH PASSWORD = 'Aa1-owners-login'"))
                .isFalse();
    }

    @Test
    void theSetupCanBeRepeated() {
        test().endpoint().setUp();
        test().endpoint().setUp();

        assertThat(found()).isEqualTo(documented.byRole());
    }

    @Test
    void anInstallationFromBeforeTheRolesIsMovedToThem() {
        makeAsBefore();
        assertThat(allowed(SqlServerAccount.CONSUMER)).as("as it was").contains("SELECT on audit_entry");

        test().endpoint().setUp();
        assertThat(found()).isEqualTo(documented.byRole());

        test().endpoint().setUp();
        assertThat(found()).isEqualTo(documented.byRole());
        assertThat(allowed(SqlServerAccount.API)).isEqualTo(rightsOfTheApi());
    }

    private Set<String> rightsOfTheApi() {
        var rights = new TreeSet<String>();
        rights.addAll(Objects.requireNonNull(documented.byRole().get("wager_reader")));
        rights.addAll(Objects.requireNonNull(documented.byRole().get("dead_letter_operator")));
        return rights;
    }

    /** The services' users read by grants on the schema, the roles did not, and there was no role that only reads. */
    private void makeAsBefore() {
        var admin = new JdbcTemplate(test().admin());
        var name = test().endpoint().database();
        var consumer = SqlServerAccount.CONSUMER.login(name);
        var api = SqlServerAccount.API.login(name);
        admin.execute("GRANT SELECT, EXECUTE ON SCHEMA::dbo TO " + consumer);
        admin.execute("GRANT SELECT, EXECUTE ON SCHEMA::dbo TO " + api);
        admin.execute("ALTER ROLE wager_reader DROP MEMBER " + api);
        documented
                .byRole()
                .forEach((role, rights) -> rights.stream()
                        .filter(right -> right.startsWith("SELECT"))
                        .forEach(right -> admin.execute("REVOKE " + right.replace(" on ", " ON ") + " FROM " + role)));
    }

    private Map<String, Set<String>> found() {
        var found = new TreeMap<String, Set<String>>();
        MEMBERS.forEach((role, account) -> found.put(role, allowed(account)));
        return found;
    }

    private Set<String> allowed(SqlServerAccount account) {
        var allowed = new TreeSet<String>();
        for (var table : documented.tables()) {
            operations(table).forEach((right, statement) -> {
                if (isAllowed(account, statement)) {
                    allowed.add(right + " on " + table);
                }
            });
        }
        return allowed;
    }

    /** Statements that need one right each and meet no row. */
    private static Map<String, String> operations(String table) {
        var column = lastColumn(table);
        return Map.of(
                "SELECT", "SELECT COUNT(*) FROM " + table + " WHERE 1 = 0",
                "INSERT", "INSERT INTO " + table + " (" + column + ") SELECT NULL WHERE 1 = 0",
                "UPDATE", "UPDATE " + table + " SET " + column + " = NULL WHERE 1 = 0",
                "DELETE", "DELETE FROM " + table + " WHERE 1 = 0");
    }

    private static String lastColumn(String table) {
        return Objects.requireNonNull(new JdbcTemplate(test().admin())
                .queryForObject(
                        "SELECT TOP 1 COLUMN_NAME FROM INFORMATION_SCHEMA.COLUMNS WHERE TABLE_NAME = ?"
                                + " ORDER BY ORDINAL_POSITION DESC",
                        String.class,
                        table));
    }

    private static boolean isAllowed(SqlServerAccount account, String sql) {
        try (Connection connection = test().as(account).getConnection();
                var statement = connection.createStatement()) {
            statement.execute(sql);
            return true;
        } catch (SQLException refused) {
            // Babelfish for PostgreSQL has no codes for these.
            assertThat(
                            REFUSALS.contains(refused.getErrorCode())
                                    || (!test().endpoint().isRealSqlServer()
                                            && String.valueOf(refused.getMessage())
                                                    .matches(
                                                            "(?is).*(permission|must be owner|does not exist or you|not currently supported).*")))
                    .as("%s, %d: %s", sql, refused.getErrorCode(), refused.getMessage())
                    .isTrue();
            return false;
        }
    }

    private static SqlServerTestDatabase test() {
        return Objects.requireNonNull(database);
    }
}
