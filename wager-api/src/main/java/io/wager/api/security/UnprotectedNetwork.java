package io.wager.api.security;

import java.net.InetAddress;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.actuate.autoconfigure.web.server.ManagementPortType;
import org.springframework.boot.actuate.autoconfigure.web.server.ManagementServerProperties;
import org.springframework.boot.autoconfigure.web.ServerProperties;
import org.springframework.core.env.Environment;
import org.springframework.stereotype.Component;

/** Refuses to serve a network without access control, unless somebody insists. Made before the server listens. */
@Component
final class UnprotectedNetwork {

    private static final Logger LOG = LoggerFactory.getLogger(UnprotectedNetwork.class);

    UnprotectedNetwork(
            SecurityProperties security,
            ServerProperties server,
            ManagementServerProperties management,
            Environment environment) {
        check(security, "server.address", server.getAddress());
        if (ManagementPortType.get(environment) == ManagementPortType.DIFFERENT) {
            // Without an address of its own it listens where the API does.
            var own = management.getAddress();
            check(security, "management.server.address", own == null ? server.getAddress() : own);
        }
    }

    static void check(SecurityProperties security, String property, @Nullable InetAddress address) {
        if (security.mode() == SecurityMode.ENFORCED || (address != null && address.isLoopbackAddress())) {
            return;
        }
        var where = address == null ? "every address of this machine" : address.getHostAddress();
        if (!security.openToNetwork()) {
            throw new UnsafeStart(
                    "wager.security.mode=none lets everybody who reaches the port do everything, and the server would listen on "
                            + where + ".",
                    "Set wager.security.mode=enforced, or " + property
                            + "=127.0.0.1. To insist, set wager.security.open-to-network=true.");
        }
        LOG.warn("no access control: whoever reaches the port may do everything address={}", where);
    }
}
