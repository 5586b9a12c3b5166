package io.wager.api.access;

import jakarta.servlet.ServletRequest;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Who sent a request, as its credentials prove. Kept with the request rather than with the thread, so that it is known in error and
 * asynchronous dispatches too.
 *
 * @param id tells callers apart where names need not: of the key, or of the token's subject
 * @param name of the key or of the token's subject, 1 to {@value #MAX_NAME_UNITS} UTF-16 units without control characters
 * @param roles what it may do
 * @param limits what it may do how often, where that is not what its roles may
 */
public record Caller(String id, String name, Set<Role> roles, OwnLimits limits) {

    /** The longest name, which is what the audit holds. */
    public static final int MAX_NAME_UNITS = 200;

    private static final String ATTRIBUTE = Caller.class.getName();

    /** Copies the roles. */
    public Caller {
        roles = Set.copyOf(roles);
    }

    /**
     * Who sent a request.
     *
     * @param request the request
     * @return null if it came without credentials, or where access is not controlled
     */
    public static @Nullable Caller of(ServletRequest request) {
        return request.getAttribute(ATTRIBUTE) instanceof Caller caller ? caller : null;
    }

    /**
     * Whether whoever sent a request may see what is personal: names, histories, the content of wagers.
     *
     * @param request a request that was let through
     * @return true where access is not controlled
     */
    public static boolean mayReadWagers(ServletRequest request) {
        var caller = of(request);
        return caller == null || caller.roles().contains(Role.WAGERS_READ);
    }

    /**
     * Notes that a request is this caller's.
     *
     * @param request the request
     */
    public void sent(ServletRequest request) {
        request.setAttribute(ATTRIBUTE, this);
    }

    /**
     * Whether this caller has one of several roles.
     *
     * @param wanted the roles
     * @return true if it has any of them
     */
    public boolean hasAnyOf(Role... wanted) {
        // A loop: every request comes here.
        for (var role : wanted) {
            if (roles.contains(role)) {
                return true;
            }
        }
        return false;
    }
}
