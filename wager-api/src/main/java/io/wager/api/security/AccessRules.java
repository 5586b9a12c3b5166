package io.wager.api.security;

import io.wager.api.access.Caller;
import io.wager.api.access.CountsWagers;
import io.wager.api.access.OpenToAll;
import io.wager.api.access.RequiresRole;
import io.wager.api.access.Role;
import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.servlet.resource.ResourceHttpRequestHandler;

/**
 * What a handler needs of its caller. The handler is the one that Spring MVC has chosen, and the pattern the one by which it chose: no
 * path is read here, so that none can be read in another way than by the routing.
 */
final class AccessRules {

    private static final String OWN = "io.wager.";
    private static final String ACTUATOR = "org.springframework.boot.actuate.";
    private static final String SPRINGDOC = "org.springdoc.";
    private static final String SWAGGER_UI = "/swagger-ui";
    /** What balancers and platforms ask; they tell whether this instance works, and no more. */
    private static final Set<String> PROBES = Set.of("/livez", "/readyz");

    private static final Rule OPEN = new Rule(true, false);
    private static final Rule CLOSED = new Rule(false, false);
    private static final Rule OPERATORS = new Rule(false, false, Role.OPS_READ);

    private final Map<Method, Rule> own = new ConcurrentHashMap<>();

    /**
     * The rule of a handler.
     *
     * @param handler as Spring MVC passes it to interceptors
     * @param pattern by which it was found; null if it was found otherwise
     */
    Rule of(Object handler, @Nullable String pattern) {
        if (handler instanceof HandlerMethod method) {
            var type = method.getBeanType().getName();
            if (type.startsWith(OWN)) {
                return own.computeIfAbsent(method.getMethod(), AccessRules::declared);
            }
            if (type.startsWith(ACTUATOR)) {
                return pattern != null && PROBES.contains(pattern) ? OPEN : OPERATORS;
            }
            // The document of the interface, which is that of the repository.
            return type.startsWith(SPRINGDOC) ? OPEN : CLOSED;
        }
        return handler instanceof ResourceHttpRequestHandler && pattern != null && pattern.startsWith(SWAGGER_UI)
                ? OPEN
                : CLOSED;
    }

    private static Rule declared(Method method) {
        var required = method.getAnnotation(RequiresRole.class);
        if (required != null) {
            return new Rule(false, method.isAnnotationPresent(CountsWagers.class), required.value());
        }
        return method.isAnnotationPresent(OpenToAll.class) ? OPEN : CLOSED;
    }

    /** What a handler needs: nothing, one of some roles, or what nobody has. */
    static final class Rule {

        private final boolean isOpen;
        private final boolean countsWagers;
        private final Role[] roles;

        Rule(boolean isOpen, boolean countsWagers, Role... roles) {
            this.isOpen = isOpen;
            this.countsWagers = countsWagers;
            this.roles = roles.clone();
        }

        boolean isOpen() {
            return isOpen;
        }

        /** Whether a request is charged by the wagers in it. */
        boolean countsWagers() {
            return countsWagers;
        }

        boolean letsIn(Caller caller) {
            return caller.hasAnyOf(roles);
        }

        /** What a caller without them is told. */
        String needed() {
            return roles.length == 0
                    ? "Nobody may do this."
                    : "This needs the role "
                            + Arrays.stream(roles).map(Role::wireForm).collect(Collectors.joining(" or ")) + ".";
        }
    }
}
