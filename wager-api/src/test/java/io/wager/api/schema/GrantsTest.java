package io.wager.api.schema;

import static org.assertj.core.api.Assertions.assertThat;

import io.wager.testkit.Grants;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** What the API looks for at its start is what the scripts grant, no more and no less. */
class GrantsTest {

    private final Grants grants = Grants.ofScripts();
    private final Set<String> needed =
            DatabaseRights.needed().stream().map(Object::toString).collect(Collectors.toSet());

    @Test
    void everythingItNeedsIsGranted() {
        var granted = grants.to("wager_api", "dead_letter_operator");

        assertThat(needed)
                .allSatisfy(right -> assertThat(granted)
                        .as(right)
                        .containsAnyOf(right, right.replaceAll(" on .*", " on SCHEMA::dbo")));
    }

    @Test
    void everythingThatIsGrantedOnATableIsNeeded() {
        assertThat(needed)
                .containsAll(grants.to("dead_letter_operator").stream()
                        .filter(right -> !right.contains("SCHEMA::"))
                        .toList());
    }

    @Test
    void everyTableIsReadable() {
        assertThat(needed)
                .containsAll(grants.tables().stream().map("SELECT on "::concat).toList());
    }

    @Test
    void everyTypeThatItUsesIsCreated() {
        var types = DatabaseRights.needed().stream()
                .filter(right -> right.name().equals("EXECUTE"))
                .map(DatabaseRights.Right::object)
                .toList();

        assertThat(types).isNotEmpty().isSubsetOf(grants.types());
    }
}
