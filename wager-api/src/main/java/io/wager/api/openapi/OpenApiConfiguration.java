package io.wager.api.openapi;

import static io.wager.api.problem.ProblemType.BAD_REQUEST;
import static io.wager.api.problem.ProblemType.BODIES_SATURATED;
import static io.wager.api.problem.ProblemType.BODY_TOO_SLOW;
import static io.wager.api.problem.ProblemType.BROKER_BLOCKED;
import static io.wager.api.problem.ProblemType.BROKER_REFUSED;
import static io.wager.api.problem.ProblemType.BROKER_SATURATED;
import static io.wager.api.problem.ProblemType.BROKER_UNCONFIRMED;
import static io.wager.api.problem.ProblemType.BROKER_UNREACHABLE;
import static io.wager.api.problem.ProblemType.BROKER_UNROUTABLE;
import static io.wager.api.problem.ProblemType.CONTENT_TOO_LARGE;
import static io.wager.api.problem.ProblemType.DATABASE_UNAVAILABLE;
import static io.wager.api.problem.ProblemType.INTERNAL_ERROR;
import static io.wager.api.problem.ProblemType.INVALID_BATCH;
import static io.wager.api.problem.ProblemType.INVALID_PARAMETERS;
import static io.wager.api.problem.ProblemType.MALFORMED_JSON;
import static io.wager.api.problem.ProblemType.NOT_ACCEPTABLE;
import static io.wager.api.problem.ProblemType.READS_SATURATED;
import static io.wager.api.problem.ProblemType.READ_TOO_SLOW;
import static io.wager.api.problem.ProblemType.UNSUPPORTED_MEDIA_TYPE;
import static io.wager.api.problem.ProblemType.VALIDATION;
import static io.wager.api.problem.ProblemType.WAGER_UNKNOWN;

import io.swagger.v3.oas.models.Components;
import io.swagger.v3.oas.models.OpenAPI;
import io.swagger.v3.oas.models.Operation;
import io.swagger.v3.oas.models.info.Info;
import io.swagger.v3.oas.models.info.License;
import io.swagger.v3.oas.models.servers.Server;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.springdoc.core.customizers.OpenApiCustomizer;
import org.springdoc.core.customizers.OperationCustomizer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * Completes the document that springdoc makes of the controllers. The controllers read bodies and parameters themselves, so
 * this class describes those for each operation.
 */
@Configuration(proxyBeanMethods = false)
class OpenApiConfiguration {

    private static final String DESCRIPTION = """
            Takes casino wagers and answers questions about them. Paths under /api/player match in any letter case.

            Bodies may be gzip (`Content-Encoding`). Limits apply to the inflated body. Answers of 2 KB and more are gzip \
            for clients that accept it.

            Every error is an RFC 9457 problem. That includes errors that no operation lists: a path that does not \
            exist (`urn:wager:problem:not-found`) and a method that is not allowed \
            (`urn:wager:problem:method-not-allowed`). A request that failed with 503 may always be sent again.

            Callers authenticate by an API key, in `X-API-Key` or as a Bearer token, or by a JWT of the identity provider. \
            Every operation names the role that it needs. Where it names several, one is enough. A service without access \
            control needs neither.""";

    @Bean
    OpenAPI wagerOpenApi() {
        return new OpenAPI()
                .components(OperationAccess.schemes())
                // Else springdoc writes what the request's Host says, which is whatever its sender likes.
                .servers(List.of(new Server().url("/").description("This server.")))
                .info(new Info()
                        .title("wager")
                        .version("1")
                        .description(DESCRIPTION)
                        .license(new License().name("Apache-2.0").identifier("Apache-2.0")));
    }

    @Bean
    OperationCustomizer wagerAccess() {
        return (operation, handler) -> OperationAccess.describe(operation, handler.getMethod());
    }

    @Bean
    OpenApiCustomizer wagerOperations() {
        return openApi -> {
            if (openApi.getComponents() == null) {
                openApi.setComponents(new Components());
            }
            Schemas.addTo(openApi.getComponents());
            RepairOperations.addTo(openApi.getComponents());
            var operations = byId(openApi);
            describeWrites(operations);
            describeReads(operations);
            DeadLetterOperations.describe(operations);
            RepairOperations.describe(operations);
            operations.values().forEach(operation -> new OperationDescription(operation).tellsQuota());
        };
    }

    private static Map<String, Operation> byId(OpenAPI openApi) {
        Map<String, Operation> operations = new LinkedHashMap<>();
        openApi.getPaths()
                .forEach((path, item) -> item.readOperations().forEach(operation -> {
                    // Two paths with the same answer share a handler, and an id must be unique.
                    if (path.endsWith("/{accountId}/wagers")) {
                        operation.setOperationId("getWagers");
                    } else if (path.endsWith("/{accountId}/casino")) {
                        operation.setOperationId("getHistory");
                    }
                    operations.put(operation.getOperationId(), operation);
                }));
        return operations;
    }

    private static void describeWrites(Map<String, Operation> operations) {
        describe(operations, "postWager")
                .takes("application/json", Schemas.ref("Wager"), "wager", Examples.WAGER)
                .takes("application/json", Schemas.ref("Wager"), "required properties only", Examples.SMALLEST_WAGER)
                .answers("200", "The wager is durable.", Examples.ACCEPTED)
                .fails(BAD_REQUEST, MALFORMED_JSON, VALIDATION)
                .fails(NOT_ACCEPTABLE, CONTENT_TOO_LARGE, UNSUPPORTED_MEDIA_TYPE, INTERNAL_ERROR)
                .fails(BODY_TOO_SLOW, BODIES_SATURATED)
                .fails(BROKER_UNREACHABLE, BROKER_BLOCKED, BROKER_REFUSED)
                .fails(BROKER_UNROUTABLE, BROKER_UNCONFIRMED, BROKER_SATURATED);
        describe(operations, "postWagers")
                .takes("application/json", Schemas.wagers(), "array", Examples.ARRAY)
                .takes("application/x-ndjson", Schemas.ref("Wager"), "lines", Examples.LINES)
                .answers("200", "All wagers are durable.", Examples.BATCH_ACCEPTED)
                .answersToo("207", "Not all are durable; each item has its status.", Examples.BATCH_MIXED)
                .fails(BAD_REQUEST, INVALID_BATCH)
                .fails(NOT_ACCEPTABLE, CONTENT_TOO_LARGE, UNSUPPORTED_MEDIA_TYPE, INTERNAL_ERROR)
                .fails(BODY_TOO_SLOW, BODIES_SATURATED, BROKER_SATURATED);
        describe(operations, "postFates")
                .takes("application/json", Schemas.ref("FatesRequest"), "two ids", Examples.FATES_REQUEST)
                .answers("200", "The fates, in the order asked.", Examples.FATES)
                .fails(BAD_REQUEST, MALFORMED_JSON, VALIDATION)
                .fails(NOT_ACCEPTABLE, CONTENT_TOO_LARGE, UNSUPPORTED_MEDIA_TYPE, INTERNAL_ERROR)
                .fails(BODY_TOO_SLOW, BODIES_SATURATED, DATABASE_UNAVAILABLE);
    }

    private static void describeReads(Map<String, Operation> operations) {
        read(operations, "getFate")
                .parameter("wagerId", Schemas.ref("uuid"), "The wager.")
                .answers("200", "The wager is stored, or it is a dead letter.", Examples.FATE)
                .answersOr("200", "stored", "dead-lettered", Examples.DEAD_LETTERED_FATE)
                .fails(WAGER_UNKNOWN);
        for (var id : new String[] {"getHistory", "getWagers"}) {
            read(operations, id)
                    .parameter("accountId", Schemas.ref("uuid"), "The player.")
                    .query("page", Schemas.integer(1, Integer.MAX_VALUE, 1), "The page, from 1.")
                    .query("pageSize", Schemas.integer(1, 100, 10), "How many wagers a page has.")
                    .query("cursor", Schemas.text(), "From the Link header of an earlier answer; not with page.")
                    .days()
                    .query("provider", Schemas.name(), "Only wagers of exactly this provider.")
                    .query("game", Schemas.name(), "Only wagers of games of exactly this name.")
                    .answers("200", "The wagers; `Link: rel=\"next\"` leads to the next page.", Examples.HISTORY)
                    .fails(READS_SATURATED, READ_TOO_SLOW);
        }
        read(operations, "getTopSpenders")
                .query("count", Schemas.integer(1, 1_000, 10), "How many players.")
                .days()
                .answers("200", "The players, highest total first.", Examples.TOP_SPENDERS)
                .fails(READS_SATURATED, READ_TOO_SLOW);
        read(operations, "getBreakdown")
                .requiredQuery("by", Schemas.choice("provider", "game", "theme", "country", "day"), "What to group by.")
                .days()
                .query("limit", Schemas.integer(1, 1_000, 100), "The maximum number of groups.")
                .answers("200", "The groups.", Examples.BREAKDOWN)
                .fails(READS_SATURATED, READ_TOO_SLOW);
    }

    private static OperationDescription read(Map<String, Operation> operations, String id) {
        return describe(operations, id)
                .fails(BAD_REQUEST, INVALID_PARAMETERS)
                .fails(NOT_ACCEPTABLE, INTERNAL_ERROR, DATABASE_UNAVAILABLE);
    }

    private static OperationDescription describe(Map<String, Operation> operations, String id) {
        return new OperationDescription(Objects.requireNonNull(operations.get(id), id));
    }
}
