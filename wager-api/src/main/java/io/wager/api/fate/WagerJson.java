package io.wager.api.fate;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.JsonSerializer;
import com.fasterxml.jackson.databind.SerializerProvider;
import io.wager.core.wager.Wager;
import io.wager.core.wager.WagerEncoder;
import java.io.IOException;
import org.springframework.boot.jackson.JsonComponent;

/** Wagers in answers are written as in messages. */
@JsonComponent
final class WagerJson extends JsonSerializer<Wager> {

    @Override
    public void serialize(Wager wager, JsonGenerator json, SerializerProvider serializers) throws IOException {
        WagerEncoder.write(wager, json);
    }
}
