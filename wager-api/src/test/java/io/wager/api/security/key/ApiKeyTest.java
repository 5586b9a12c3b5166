package io.wager.api.security.key;

import static org.assertj.core.api.Assertions.assertThat;

import java.security.SecureRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ApiKeyTest {

    private static final String SECRET = "00112233445566778899aabbccddeeff00112233445566778899aabbccddeeff";
    private static final String CHECKSUM = "0b334427";

    @Test
    void aKeyIsReadAsItWasMade() {
        var key = ApiKey.generate(new SecureRandom());

        assertThat(ApiKey.parse(key.token())).isEqualTo(key);
        assertThat(key.token()).matches("wgr_[a-z0-9]+_[0-9a-f]{64}_[0-9a-f]{8}");
    }

    @Test
    void theChecksumIsThatOfTheDocument() {
        // printf %s wgr_k1_00112233… | gzip -c | tail -c 8 | od -An -tx4 -N4
        assertThat(new ApiKey("k1", SECRET).token()).endsWith("_" + CHECKSUM);
    }

    @Test
    void noLogGetsTheSecret() {
        assertThat(new ApiKey("k1", SECRET)).hasToString("wgr_k1_…");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "wgr_",
                "wgr_k1_" + SECRET,
                "wgr_k1_" + SECRET + "_",
                "wgr_k1_" + SECRET + "_00000000",
                "wgr_k2_" + SECRET + "_" + CHECKSUM,
                "wgr_K1_" + SECRET + "_" + CHECKSUM,
                "WGR_k1_" + SECRET + "_" + CHECKSUM,
                "wgr_k1_" + SECRET + "_" + CHECKSUM + "0",
                " wgr_k1_" + SECRET + "_" + CHECKSUM,
                "wgr_k1_" + SECRET + "_" + CHECKSUM + "\n"
            })
    void whatIsMistypedIsNoKey(String token) {
        assertThat(ApiKey.parse(token)).isNull();
    }
}
