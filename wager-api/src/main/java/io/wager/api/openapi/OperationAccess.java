package io.wager.api.openapi;

import io.swagger.v3.oas.models.Components;
import io.swagger.v3.oas.models.Operation;
import io.swagger.v3.oas.models.security.SecurityRequirement;
import io.swagger.v3.oas.models.security.SecurityScheme;
import io.wager.api.access.CountsWagers;
import io.wager.api.access.RequiresRole;
import io.wager.api.access.Role;
import io.wager.api.problem.ProblemType;
import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.stream.Collectors;

/** Says of an operation who may call it, from the same annotation by which requests are decided. */
final class OperationAccess {

    private static final String KEY = "apiKey";
    private static final String BEARER = "bearer";
    /** For the examples: the defaults of {@code wager.security.limits}. */
    private static final int WAGERS_AT_ONCE = 40_000;

    private static final int REQUESTS_AT_ONCE = 400;

    private OperationAccess() {}

    static Components schemes() {
        return new Components()
                .addSecuritySchemes(
                        KEY,
                        new SecurityScheme()
                                .type(SecurityScheme.Type.APIKEY)
                                .in(SecurityScheme.In.HEADER)
                                .name("X-API-Key")
                                .description("An API key: `wgr_<id>_<secret>_<checksum>`."))
                .addSecuritySchemes(
                        BEARER,
                        new SecurityScheme()
                                .type(SecurityScheme.Type.HTTP)
                                .scheme("bearer")
                                .description("An API key, or a JWT of the identity provider."));
    }

    static Operation describe(Operation operation, Method handler) {
        var required = handler.getAnnotation(RequiresRole.class);
        if (required == null) {
            return operation;
        }
        for (var scheme : new String[] {KEY, BEARER}) {
            for (var role : required.value()) {
                operation.addSecurityItem(new SecurityRequirement().addList(scheme, role.wireForm()));
            }
        }
        var roles = Arrays.stream(required.value())
                .map(Role::wireForm)
                .collect(Collectors.joining("` or `", "Needs the role `", "`."));
        var described = operation.getDescription();
        operation.setDescription(described == null ? roles : described + "\n\n" + roles);
        var countsWagers = handler.isAnnotationPresent(CountsWagers.class);
        new OperationDescription(operation)
                .fails(ProblemType.UNAUTHENTICATED, ProblemType.FORBIDDEN, ProblemType.IDENTITY_PROVIDER_UNAVAILABLE)
                .charges(countsWagers ? "wagers" : "requests", countsWagers ? WAGERS_AT_ONCE : REQUESTS_AT_ONCE);
        return operation;
    }
}
