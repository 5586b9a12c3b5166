package io.wager.consumer.schema;

import static org.assertj.core.api.Assertions.assertThat;

import io.wager.testkit.Grants;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The scripts grant to the roles what docs/database.md says. */
class DatabaseRolesTest {

    private final DocumentedRights documented = DocumentedRights.read();

    @Test
    void everyTableIsDocumented() {
        assertThat(documented.tables())
                .contains("flyway_schema_history")
                .containsAll(Grants.ofMigrations().tables())
                .hasSize(Grants.ofMigrations().tables().size() + 1);
    }

    @Test
    void aNewDatabaseGetsWhatIsDocumentedFromTheMigrations() {
        documented
                .byRole()
                .forEach((role, rights) -> assertThat(onTables(Grants.ofMigrations(), role))
                        .as(role)
                        .isEqualTo(rights));
    }

    @Test
    void theSetupGrantsNothingMore() {
        documented
                .byRole()
                .forEach((role, rights) ->
                        assertThat(onTables(Grants.ofScripts(), role)).as(role).isEqualTo(rights));
    }

    /** Or services of an older release would lose it while the setup runs on their database. */
    @Test
    void theSetupGrantsEveryRead() {
        documented
                .byRole()
                .forEach((role, rights) -> assertThat(Grants.ofSetup().to(role))
                        .as(role)
                        .containsAll(rights.stream()
                                .filter(right -> right.startsWith("SELECT"))
                                .toList()));
    }

    /** EXECUTE on the schema is for table types. */
    @Test
    void thereIsNothingElseToExecute() {
        assertThat(Grants.ofScripts().createsProcedures()).isFalse();
        assertThat(documented.byRole().keySet())
                .hasSize(4)
                .allSatisfy(role -> assertThat(Grants.ofScripts().to(role)).contains("EXECUTE on SCHEMA::dbo"));
    }

    private static Set<String> onTables(Grants grants, String role) {
        return grants.to(role).stream()
                .filter(right -> !right.contains("SCHEMA::"))
                .collect(Collectors.toSet());
    }
}
