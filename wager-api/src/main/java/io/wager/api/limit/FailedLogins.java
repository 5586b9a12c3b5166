package io.wager.api.limit;

import io.github.bucket4j.TimeMeter;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.servlet.http.HttpServletResponse;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.OptionalInt;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.stereotype.Component;

/**
 * Counts credentials that were not valid, by address. Valid ones are let in whatever their address did before: many callers may share
 * one, as behind a proxy, and none of them can lock out the others. Nor would that slow down guessing, which 256 random bits make
 * hopeless. What is bounded is the use that a stranger gets of the service. Any number of threads may count.
 */
@Component
public final class FailedLogins {

    /** A network of IPv6 has at least so many bits, and its owner may use any address in it. */
    private static final int NETWORK_BYTES = 8;

    private final Allowances<String> allowances;
    private final Counter throttled;

    @Autowired
    FailedLogins(LimitProperties properties, MeterRegistry registry) {
        this(properties, registry, TimeMeter.SYSTEM_NANOTIME);
    }

    FailedLogins(LimitProperties properties, MeterRegistry registry, TimeMeter time) {
        var quota = properties.failedLogins().quota();
        allowances = new Allowances<>(address -> new Allowance(Policy.FAILED_LOGINS, quota, time), time);
        throttled = Counter.builder("wager.security.throttled")
                .description("Requests that were refused since their caller sent too much")
                .tag("policy", Policy.FAILED_LOGINS.wireForm())
                .tag("caller", "an address")
                .register(registry);
    }

    /**
     * Counts a failure.
     *
     * @param address of the client
     * @param response takes the headers that tell what is left
     * @return empty if it had failures left; else the seconds after which it has, from 1
     */
    public OptionalInt failed(String address, HttpServletResponse response) {
        var wait = allowances.of(network(address)).charge(1, 1, response);
        if (wait == 0) {
            return OptionalInt.empty();
        }
        throttled.increment();
        return OptionalInt.of(wait);
    }

    /** An address of IPv4 as it is, of IPv6 its first 64 bits. What is neither is never looked up. */
    static String network(String address) {
        if (address.indexOf(':') < 0) {
            return address;
        }
        try {
            var bytes = InetAddress.getByName(address).getAddress();
            return bytes.length > NETWORK_BYTES
                    ? HexFormat.of().formatHex(Arrays.copyOf(bytes, NETWORK_BYTES))
                    : address;
        } catch (UnknownHostException e) {
            return address;
        }
    }
}
