package io.wager.api.requeuejob;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.wager.api.deadletter.DeadLetterFilter;
import io.wager.api.http.RequestObject;
import io.wager.api.schema.ListParameter;
import io.wager.core.deadletter.DeadLetterStatus;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/**
 * Which letters a job is about.
 *
 * <p>A group, or a filter that names no status, means open letters: those that were settled long ago are nobody's intention. Ids mean just these, and whatever
 * can't go is told.
 */
sealed interface Selection {

    /** The property that holds a filter. */
    String FILTER = "filter";

    /** Conditions on {@code dead_letter} under the name {@code d}, as SQL. */
    String condition();

    /** The parameters of the conditions. */
    Map<String, Object> parameters();

    /** What the job's row, its answers and the audit say. */
    String json();

    /** How many letters it names, if it names them. */
    default int named() {
        return 0;
    }

    static Selection read(String json) {
        try {
            var tree = Json.MAPPER.readTree(json);
            if (tree.has("ids")) {
                List<UUID> ids = new ArrayList<>();
                for (JsonNode id : tree.get("ids")) {
                    ids.add(UUID.fromString(id.textValue()));
                }
                return new Ids(ids);
            }
            if (tree.has(FILTER)) {
                var request = RequestObject.empty();
                var filter = DeadLetterFilter.read(tree.get(FILTER), "/" + FILTER, request);
                request.check();
                return new Filtered(filter);
            }
            return new Group(tree.get("fingerprint").textValue());
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a selection was not written here", e);
        }
    }

    /** Letters by their ids. */
    record Ids(List<UUID> ids) implements Selection {

        static final int MAX = 1_000;

        @Override
        public String condition() {
            return "{d.dead_letter_id in ids :selectedIds}";
        }

        @Override
        public Map<String, Object> parameters() {
            return Map.of("selectedIds", ListParameter.ids(ids));
        }

        @Override
        public String json() {
            return Json.write(Map.of("ids", ids));
        }

        @Override
        public int named() {
            return ids.size();
        }
    }

    /** The open letters of a group. */
    record Group(String fingerprint) implements Selection {

        @Override
        public String condition() {
            return "d.status = 'open' AND d.fingerprint = CAST(:selectedFingerprint AS CHAR(16))";
        }

        @Override
        public Map<String, Object> parameters() {
            return Map.of("selectedFingerprint", fingerprint);
        }

        @Override
        public String json() {
            return Json.write(Map.of("fingerprint", fingerprint));
        }
    }

    /** What a list with this filter shows. */
    record Filtered(DeadLetterFilter filter) implements Selection {

        /** The filter, and open letters only unless it names a status. */
        static Filtered of(DeadLetterFilter filter) {
            return new Filtered(
                    filter.statuses().isEmpty()
                            ? new DeadLetterFilter(
                                    Set.of(DeadLetterStatus.OPEN),
                                    filter.reasons(),
                                    filter.fingerprint(),
                                    filter.exceptionType(),
                                    filter.provider(),
                                    filter.accountId(),
                                    filter.wagerId(),
                                    filter.text(),
                                    filter.from(),
                                    filter.to())
                            : filter);
        }

        @Override
        public String condition() {
            return filter.condition();
        }

        @Override
        public Map<String, Object> parameters() {
            return filter.parameters();
        }

        @Override
        public String json() {
            return Json.write(Map.of(FILTER, filter.values()));
        }
    }

    /** Writes and reads. */
    final class Json {
        private static final JsonMapper MAPPER = new JsonMapper();

        private Json() {}

        private static String write(Map<String, ?> content) {
            try {
                return MAPPER.writeValueAsString(content);
            } catch (JsonProcessingException e) {
                throw new IllegalStateException("a selection can't be written", e);
            }
        }
    }
}
