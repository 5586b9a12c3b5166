package io.wager.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Collection;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What a service looks for at its start is what the scripts grant to its user, no more and no less. */
public abstract class GrantsContract {

    /** The scripts. */
    protected final Grants grants = Grants.ofScripts();

    private final List<String> needed;
    private final String user;
    private final String[] roles;

    /**
     * A contract.
     *
     * @param needed what the service looks for, as {@code SELECT on wager} or {@code EXECUTE on wager_list}
     * @param user its user in the database
     * @param roles the roles that the user is in
     */
    protected GrantsContract(Collection<?> needed, String user, String... roles) {
        this.needed = needed.stream().map(Object::toString).toList();
        this.user = user;
        this.roles = roles.clone();
    }

    /** What the service looks for. */
    protected final List<String> needed() {
        return needed;
    }

    @Test
    void everythingItNeedsIsGranted() {
        var granted = grants.to(roles);

        assertThat(needed)
                .isNotEmpty()
                .allSatisfy(right -> assertThat(granted)
                        .as(right)
                        .containsAnyOf(right, right.replaceAll(" on .*", " on SCHEMA::dbo")));
    }

    @Test
    void everythingThatIsGrantedOnATableIsNeeded() {
        assertThat(needed)
                .containsAll(grants.to(roles).stream()
                        // The service does not look for its right to read the history: it can't be started without.
                        .filter(right -> !right.contains("SCHEMA::") && !right.endsWith("flyway_schema_history"))
                        .toList());
    }

    @Test
    void nothingIsGrantedToTheUserItself() {
        assertThat(grants.to(user)).isEmpty();
    }

    @Test
    void everyTableThatItUsesIsReadable() {
        var tables = needed.stream().map(GrantsContract::object).filter(grants.tables()::contains);

        assertThat(needed).containsAll(tables.map("SELECT on "::concat).toList());
    }

    @Test
    void everyTypeThatItUsesIsCreated() {
        var types = needed.stream()
                .filter(right -> right.startsWith("EXECUTE on "))
                .map(GrantsContract::object)
                .toList();

        assertThat(types).isNotEmpty().isSubsetOf(grants.types());
    }

    private static String object(String right) {
        return right.substring(right.lastIndexOf(' ') + 1);
    }
}
