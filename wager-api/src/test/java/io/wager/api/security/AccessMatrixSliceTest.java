package io.wager.api.security;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.wager.api.access.Role;
import io.wager.api.support.SecuredApiTest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Every operation of the OpenAPI document, as every role and as nobody, in three spellings of its path. */
class AccessMatrixSliceTest extends SecuredApiTest {

    private static final String ID = "6581621c-2f86-422d-bf1e-9b92a6efb539";
    private static final List<UnaryOperator<String>> SPELLINGS = List.of(
            UnaryOperator.identity(), path -> path.toUpperCase(Locale.ROOT), AccessMatrixSliceTest::inAlternatingCase);

    private record Operation(String method, String path, Set<Role> roles) {}

    @Test
    void everyOperationLetsInTheRolesThatItNamesAndNobodyElse() {
        List<String> wrong = new ArrayList<>();
        var operations = operations();
        for (var operation : operations) {
            for (var spelling : SPELLINGS) {
                var path = spelling.apply(operation.path());
                check(operation, path, null, wrong);
                for (var role : Role.values()) {
                    check(operation, path, role, wrong);
                }
            }
        }

        assertThat(operations).hasSizeGreaterThanOrEqualTo(25);
        assertThat(wrong).isEmpty();
    }

    @Test
    void everyOperationNeedsARole() {
        assertThat(operations())
                .allSatisfy(operation -> assertThat(operation.roles()).isNotEmpty());
    }

    private void check(Operation operation, String path, @Nullable Role role, List<String> wrong) {
        var answer = call(operation.method(), path, role);
        var status = answer.statusCode();
        boolean isRight;
        if (role == null) {
            isRight = status == 401
                    && answer.headers().firstValue("WWW-Authenticate").isPresent()
                    && isProblem(answer, "unauthenticated");
        } else if (operation.roles().contains(role)) {
            isRight = status != 401 && status != 403 && status < 500;
        } else {
            isRight = status == 403 && isProblem(answer, "forbidden");
        }
        if (!isRight) {
            wrong.add(operation.method() + " " + path + " as " + role + ": " + status + " " + answer.body());
        }
    }

    private HttpResponse<String> call(String method, String path, @Nullable Role role) {
        var request = request(path);
        if (role != null) {
            request.header("X-API-Key", key(role).token());
        }
        return "GET".equals(method)
                ? send(request.GET())
                : send(request.header("Content-Type", "application/json")
                        .method(method, BodyPublishers.ofString("{}")));
    }

    private static boolean isProblem(HttpResponse<String> answer, String type) {
        return answer.headers().firstValue("Content-Type").orElse("").equals("application/problem+json")
                && json(answer).at("/type").asText().equals("urn:wager:problem:" + type);
    }

    private List<Operation> operations() {
        List<Operation> operations = new ArrayList<>();
        json(get("/v3/api-docs"))
                .at("/paths")
                .properties()
                .forEach(path -> path.getValue()
                        .properties()
                        .forEach(operation -> operations.add(new Operation(
                                operation.getKey().toUpperCase(Locale.ROOT),
                                path.getKey().replaceAll("\\{[^}]+}", ID),
                                roles(operation.getValue())))));
        return operations;
    }

    private static Set<Role> roles(JsonNode operation) {
        Set<Role> roles = EnumSet.noneOf(Role.class);
        for (var requirement : operation.at("/security")) {
            for (var scopes : requirement) {
                scopes.forEach(scope -> roles.add(Role.of(scope.asText())));
            }
        }
        return roles;
    }

    private static String inAlternatingCase(String path) {
        return IntStream.range(0, path.length())
                .mapToObj(place -> {
                    var letter = path.substring(place, place + 1);
                    return place % 2 == 0 ? letter.toUpperCase(Locale.ROOT) : letter;
                })
                .collect(Collectors.joining());
    }
}
