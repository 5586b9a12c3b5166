package io.wager.api.deadletter;

import com.fasterxml.jackson.databind.JsonNode;
import io.wager.api.http.RequestObject;
import io.wager.api.http.RequestParameters;
import io.wager.api.problem.ProblemError;
import io.wager.core.wager.Fault.Code;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Where a filter's values come from, and where its faults go. */
sealed interface FilterSource {

    List<String> values(String name);

    void fault(String name, Code code, String detail);

    /** The one value there may be. */
    default String value(String name) {
        var values = values(name);
        if (values.size() > 1) {
            fault(name, Code.DUPLICATE_PROPERTY, "stands more than once");
        }
        return values.isEmpty() ? "" : values.getFirst();
    }

    /** A query. */
    record Query(RequestParameters parameters) implements FilterSource {

        @Override
        public List<String> values(String name) {
            return parameters.texts(name);
        }

        @Override
        public void fault(String name, Code code, String detail) {
            parameters.fault(name, code.wireForm(), detail);
        }
    }

    /** An object in a body, whose properties are texts or arrays of texts. */
    record Body(JsonNode object, String pointer, RequestObject request) implements FilterSource {

        /** A name that is misspelt would select everything. */
        void refuseOthers(Set<String> names) {
            object.fieldNames().forEachRemaining(name -> {
                if (!names.contains(name)) {
                    fault(name, Code.MALFORMED, "is not one of " + String.join(", ", names));
                }
            });
        }

        @Override
        public List<String> values(String name) {
            var found = object.path(name);
            var values = new ArrayList<String>();
            for (var node : found.isArray() ? found : List.of(found)) {
                if (node.isTextual()) {
                    values.add(node.textValue());
                } else if (!node.isMissingNode() && !node.isNull()) {
                    fault(name, Code.WRONG_TYPE, "must be a text or an array of texts");
                }
            }
            return values;
        }

        @Override
        public void fault(String name, Code code, String detail) {
            request.fault(ProblemError.inBody(pointer + "/" + name, code, detail));
        }
    }
}
