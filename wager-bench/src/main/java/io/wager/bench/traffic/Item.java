package io.wager.bench.traffic;

import io.wager.bench.traffic.Ledger.Destiny;
import io.wager.core.wager.ContentHash;
import io.wager.core.wager.Wager;
import java.nio.charset.StandardCharsets;
import java.util.UUID;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What a client sends in one place of a request.
 *
 * @param json its text, one line
 * @param isValid whether the API must accept it; what it must refuse has no further parts
 * @param id the wagerId
 * @param wager makes the content
 * @param hash of the content
 * @param destiny what must become of it once it is accepted
 * @param reason of its dead letter, if that is its destiny
 */
public record Item(
        String json,
        boolean isValid,
        UUID id,
        Supplier<Wager> wager,
        ContentHash hash,
        Destiny destiny,
        @Nullable String reason) {

    private static final UUID NONE = new UUID(0, 0);

    /** One that the API must accept. */
    static Item of(byte[] utf8, Supplier<Wager> wager, Destiny destiny, @Nullable String reason) {
        var content = wager.get();
        return new Item(
                new String(utf8, StandardCharsets.UTF_8),
                true,
                content.wagerId().value(),
                wager,
                ContentHash.of(content),
                destiny,
                reason);
    }

    /** One that the API must refuse. */
    static Item refused(byte[] utf8, Supplier<Wager> unspoilt) {
        return new Item(
                new String(utf8, StandardCharsets.UTF_8),
                false,
                NONE,
                unspoilt,
                ContentHash.of(unspoilt.get()),
                Destiny.STORED,
                null);
    }
}
