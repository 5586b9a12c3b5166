package io.wager.testkit;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The accounts that {@code db/setup/sqlserver.sql} makes, and people's, one in each role. */
public enum SqlServerAccount {
    /** Migrates. */
    OWNER(null),
    /** The consumer's. */
    CONSUMER(null),
    /** The API's. */
    API(null),
    /** Of a person or a report that only reads. */
    READER("wager_reader"),
    /** Of a person who works on dead letters by hand. */
    OPERATOR("dead_letter_operator"),
    /** Of a person who runs {@code reconcile --repair}. */
    REPAIRER("wager_repairer");

    private final @Nullable String addedTo;

    SqlServerAccount(@Nullable String addedTo) {
        this.addedTo = addedTo;
    }

    /** The role that the administrator has made it a member of; null where the script has. */
    @Nullable
    String addedTo() {
        return addedTo;
    }

    /** Its login and user, for a database. */
    public String login(String database) {
        return database + "_" + name().toLowerCase(Locale.ROOT);
    }
}
