package io.wager.testkit;

import io.wager.core.wager.AccountId;
import io.wager.core.wager.Wager;
import io.wager.core.wager.WagerId;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Builds wagers for tests; whatever a test does not say has a sensible value. */
public final class WagerBuilder {

    private WagerId wagerId = new WagerId(UUID.randomUUID());
    private AccountId accountId = new AccountId(UUID.randomUUID());
    private String username = "Marit.Oosthuizen41";
    private String provider = "Quiet Bronze Kettle";
    private String gameName = "Humble Clay Harp";
    private @Nullable String theme = "crash";
    private BigDecimal amount = new BigDecimal("6776.968566761588");
    private Instant placedAt = Instant.parse("2026-05-17T22:04:10.494767900Z");
    private @Nullable String countryCode = "SE";
    private @Nullable String sessionData = "Garden firmware bandwidth";
    private boolean hasOptionalProperties = true;

    private WagerBuilder() {}

    /** A wager with a new id, of a new player. */
    public static WagerBuilder aWager() {
        return new WagerBuilder();
    }

    /** Sets the wagerId. */
    public WagerBuilder withId(WagerId id) {
        wagerId = id;
        return this;
    }

    /** Sets the wagerId. */
    public WagerBuilder withId(String uuid) {
        return withId(new WagerId(UUID.fromString(uuid)));
    }

    /** Sets the player. */
    public WagerBuilder by(AccountId player) {
        accountId = player;
        return this;
    }

    /** Sets the player. */
    public WagerBuilder by(String uuid) {
        return by(new AccountId(UUID.fromString(uuid)));
    }

    /** Sets the name that the player had. */
    public WagerBuilder named(String name) {
        username = name;
        return this;
    }

    /** Sets provider and game. */
    public WagerBuilder on(String providerName, String game) {
        provider = providerName;
        gameName = game;
        return this;
    }

    /** Sets the theme. */
    public WagerBuilder withTheme(@Nullable String name) {
        theme = name;
        return this;
    }

    /** Sets the amount. */
    public WagerBuilder of(String decimal) {
        amount = new BigDecimal(decimal);
        return this;
    }

    /** Sets the creation time. */
    public WagerBuilder placedAt(String instant) {
        placedAt = Instant.parse(instant);
        return this;
    }

    /** Sets the country. */
    public WagerBuilder from(@Nullable String country) {
        countryCode = country;
        return this;
    }

    /** Sets the session data. */
    public WagerBuilder withSessionData(@Nullable String data) {
        sessionData = data;
        return this;
    }

    /** Leaves out everything that may be left out. */
    public WagerBuilder withRequiredPropertiesOnly() {
        hasOptionalProperties = false;
        return this;
    }

    /** The wager. */
    public Wager build() {
        return new Wager(
                wagerId,
                accountId,
                username,
                provider,
                gameName,
                optional(theme),
                amount,
                placedAt,
                optional(UUID.fromString("f87c4d29-c45a-4f86-91d0-20858d734759")),
                optional(UUID.fromString("e0ed6eff-74af-42d1-934d-82c0733df60e")),
                optional(UUID.fromString("0c177163-78b5-40b3-8d81-fe6b10645e4a")),
                optional(UUID.fromString("56b213fc-bb6d-4fd7-8902-fc7278b1a31a")),
                optional(8),
                optional(countryCode),
                optional(sessionData),
                optional(3_355_184L));
    }

    private <T> @Nullable T optional(@Nullable T value) {
        return hasOptionalProperties ? value : null;
    }
}
