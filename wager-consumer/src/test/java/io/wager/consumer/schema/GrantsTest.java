package io.wager.consumer.schema;

import io.wager.testkit.GrantsContract;

class GrantsTest extends GrantsContract {

    GrantsTest() {
        super(DatabaseInspection.rights().needed(), "wager_consumer", "wager_writer");
    }
}
