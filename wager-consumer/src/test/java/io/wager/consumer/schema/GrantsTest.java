package io.wager.consumer.schema;

import static org.assertj.core.api.Assertions.assertThat;

import io.wager.testkit.Grants;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** What the consumer looks for at its start is what the scripts grant, no more and no less. */
class GrantsTest {

    private final Grants grants = Grants.ofScripts();
    private final Set<String> needed =
            DatabaseRights.needed().stream().map(Object::toString).collect(Collectors.toSet());

    @Test
    void everythingItNeedsIsGranted() {
        var granted = grants.to("wager_consumer", "wager_writer");

        assertThat(needed)
                .allSatisfy(right -> assertThat(granted)
                        .as(right)
                        .containsAnyOf(right, right.replaceAll(" on .*", " on SCHEMA::dbo")));
    }

    @Test
    void everythingThatIsGrantedOnATableIsNeeded() {
        assertThat(needed)
                .containsAll(grants.to("wager_writer").stream()
                        .filter(right -> !right.contains("SCHEMA::"))
                        .toList());
    }

    @Test
    void everyTableThatItWritesIsReadable() {
        var objects = DatabaseRights.needed().stream()
                .map(DatabaseRights.Right::object)
                .filter(grants.tables()::contains)
                .map("SELECT on "::concat)
                .toList();

        assertThat(needed).containsAll(objects);
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
