package io.wager.standalone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StartOptionsTest {

    @Test
    void withoutOptionsItIsPort8080AndTheFolderData() throws StartFailed {
        var options = StartOptions.parse();

        assertThat(options.port()).isEqualTo(8080);
        assertThat(options.data()).isEqualTo(Path.of("data").toAbsolutePath());
        assertThat(options.properties()).isEmpty();
    }

    @Test
    void valuesStandBehindABlankOrAnEqualsSign() throws StartFailed {
        var options = StartOptions.parse("--port=8090", "--data", "/var/lib/wager/", "--wager.ingest.batch-size=100");

        assertThat(options.port()).isEqualTo(8090);
        assertThat(options.data()).isEqualTo(Path.of("/var/lib/wager"));
        assertThat(options.properties()).containsExactly("--wager.ingest.batch-size=100");
    }

    @ParameterizedTest
    @ValueSource(strings = {"--port", "--port=0", "--port=65536", "--port=x", "--prot=8080", "extra"})
    void whatIsWrongIsToldWithTheUsage(String argument) {
        assertThatThrownBy(() -> StartOptions.parse(argument))
                .isInstanceOfSatisfying(
                        StartFailed.class,
                        failure -> assertThat(failure.exitCode()).isEqualTo(64))
                .hasMessageContaining("Usage: ./wager");
    }
}
