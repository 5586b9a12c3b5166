package io.wager.api.schema;

import static org.assertj.core.api.Assertions.assertThat;

import io.wager.testkit.GrantsContract;
import org.junit.jupiter.api.Test;

class GrantsTest extends GrantsContract {

    GrantsTest() {
        super(SchemaPoller.rights().needed(), "wager_api", "wager_reader", "dead_letter_operator");
    }

    @Test
    void everyTableIsReadable() {
        assertThat(needed())
                .containsAll(grants.tables().stream().map("SELECT on "::concat).toList());
    }
}
