package io.wager.api.security;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.net.UnknownHostException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class UnprotectedNetworkTest {

    @ParameterizedTest
    @CsvSource({
        "ENFORCED,false,",
        "ENFORCED,false,0.0.0.0",
        "NONE,false,127.0.0.1",
        "NONE,false,127.1.2.3",
        "NONE,false,::1",
        "NONE,true,",
        "NONE,true,10.0.0.1"
    })
    void aSafeStartGoesOn(SecurityMode mode, boolean isInsisted, @Nullable String address) {
        assertThatCode(() -> check(mode, isInsisted, address)).doesNotThrowAnyException();
    }

    @ParameterizedTest
    @CsvSource({"NONE,false,", "NONE,false,0.0.0.0", "NONE,false,::", "NONE,false,10.0.0.1"})
    void anOpenServiceOnANetworkDoesNotStart(SecurityMode mode, boolean isInsisted, @Nullable String address) {
        assertThatThrownBy(() -> check(mode, isInsisted, address))
                .isInstanceOfSatisfying(
                        UnsafeStart.class,
                        refused -> assertThat(refused.action())
                                .contains("management.server.address=127.0.0.1")
                                .contains("wager.security.open-to-network=true"));
    }

    private static void check(SecurityMode mode, boolean isInsisted, @Nullable String address)
            throws UnknownHostException {
        UnprotectedNetwork.check(
                new SecurityProperties(mode, isInsisted),
                "management.server.address",
                address == null ? null : InetAddress.getByName(address));
    }
}
