package io.wager.api.repair;

import io.wager.api.http.RequestObject;
import io.wager.core.wager.Fault.Code;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * An edit as it is asked for.
 *
 * @param body the new body, byte for byte as it was sent
 * @param edit number of the last edit that the client saw; null if it does not say
 */
// Never compared.
@SuppressWarnings("ArrayRecordComponent")
record EditRequest(byte[] body, @Nullable Integer edit) {

    private static final String BODY = "body";

    /** Notes what is wrong; whoever reads the rest of the request checks. */
    static EditRequest read(RequestObject request) {
        var edit = request.integer("edit", 0, Integer.MAX_VALUE);
        var raw = request.raw(BODY);
        if (raw == null) {
            request.fault(BODY, Code.REQUIRED, "is required");
            return new EditRequest(new byte[0], edit);
        }
        return switch (raw[0]) {
            case '{' -> new EditRequest(raw, edit);
            case '"' -> new EditRequest(text(request), edit);
            default -> {
                request.fault(BODY, Code.WRONG_TYPE, "must be a JSON object, or a string with the text of one");
                yield new EditRequest(new byte[0], edit);
            }
        };
    }

    private static byte[] text(RequestObject request) {
        var node = request.node(BODY);
        try {
            var bytes =
                    StandardCharsets.UTF_8.newEncoder().encode(CharBuffer.wrap(node == null ? "" : node.textValue()));
            var body = new byte[bytes.remaining()];
            bytes.get(body);
            return body;
        } catch (CharacterCodingException e) {
            request.fault(BODY, Code.ILLEGAL_CHARACTER, "has a lone surrogate");
            return new byte[0];
        }
    }
}
