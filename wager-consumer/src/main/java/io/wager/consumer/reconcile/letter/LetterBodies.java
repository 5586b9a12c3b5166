package io.wager.consumer.reconcile.letter;

import io.wager.consumer.store.IdBytes;
import io.wager.core.wager.ContentHash;
import io.wager.core.wager.WagerDecoder;
import io.wager.core.wager.WagerVerdict;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.springframework.jdbc.core.namedparam.MapSqlParameterSource;
import org.springframework.jdbc.core.namedparam.NamedParameterJdbcTemplate;

/** The wagers in the bodies of dead letters: as they came, and as people edited them. */
final class LetterBodies {

    private static final String ORIGINAL =
            "SELECT body FROM dead_letter_content WHERE dead_letter_id = CAST(:id AS BINARY(16))";

    private static final String EDITS =
            "SELECT body FROM dead_letter_edit WHERE dead_letter_id = CAST(:id AS BINARY(16))";

    /** Their time was judged when they were accepted. */
    private static final Duration ANY_TIME = Duration.ofDays(36_500);

    private final WagerDecoder decoder = new WagerDecoder(ANY_TIME);

    /** Every wager that a letter holds; none for bodies that are not a wager. */
    List<Content> of(NamedParameterJdbcTemplate jdbc, UUID deadLetterId) {
        var parameters = new MapSqlParameterSource("id", IdBytes.of(deadLetterId));
        var bodies = new ArrayList<>(jdbc.query(ORIGINAL, parameters, (row, number) -> row.getBytes(1)));
        bodies.addAll(jdbc.query(EDITS, parameters, (row, number) -> row.getBytes(1)));
        return bodies.stream().map(this::read).flatMap(Optional::stream).toList();
    }

    /** The wager that a body holds. */
    Optional<Content> read(byte[] body) {
        return decoder.decode(body, Instant.now()) instanceof WagerVerdict.Valid(var wager)
                ? Optional.of(new Content(wager.wagerId().value(), ContentHash.of(wager)))
                : Optional.empty();
    }

    /**
     * A wager, as far as it is compared.
     *
     * @param wagerId its id
     * @param hash its content
     */
    record Content(UUID wagerId, ContentHash hash) {}
}
