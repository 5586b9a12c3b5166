package io.wager.bench.speed.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.wager.bench.speed.http.Load.Model;
import io.wager.core.wager.WagerDecoder;
import io.wager.core.wager.WagerVerdict;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class BodiesTest {

    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final WagerDecoder DECODER = new WagerDecoder(Duration.ofDays(36_500));

    @Test
    void areWagersThatTheApiMustAccept() {
        var bodies = Bodies.of(load(7, 1, 3_000, 0));

        assertThat(Stream.generate(bodies::next).limit(3_000))
                .allSatisfy(body ->
                        assertThat(DECODER.decode(body.json(), Instant.now())).isInstanceOf(WagerVerdict.Valid.class));
    }

    @Test
    void areArraysOfAsManyWagersAsABatchHas() throws IOException {
        var bodies = Bodies.of(load(7, 50, 30, 0));

        for (var request = 0; request < 30; request++) {
            assertThat(JSON.readTree(bodies.next().json())).hasSize(50).allMatch(JsonNode::isObject);
        }
    }

    @Test
    void startOverAfterTheLast() {
        var bodies = Bodies.of(load(7, 1, 3, 0));
        var first = bodies.next();

        assertThat(Stream.generate(bodies::next).limit(3)).last().isSameAs(first);
    }

    @Test
    void areOtherWagersForAnotherSeed() {
        assertThat(Bodies.of(load(1, 1, 1, 0)).next().json())
                .isNotEqualTo(Bodies.of(load(2, 1, 1, 0)).next().json());
    }

    @Test
    void nameEachNewWagerOnceThatShallBeAskedFor() {
        var bodies = Bodies.of(load(7, 1, 1_000, 5));

        var samples = Stream.generate(bodies::next)
                .limit(1_000)
                .map(Bodies.Body::sample)
                .filter(Objects::nonNull)
                .toList();

        assertThat(samples).doesNotHaveDuplicates().hasSizeBetween(180, 200);
    }

    private static Load load(long seed, int batch, int bodies, int sampleEvery) {
        return new Load("http://127.0.0.1:1", Model.OPEN, 1, batch, 1, 1, seed, bodies, sampleEvery);
    }
}
