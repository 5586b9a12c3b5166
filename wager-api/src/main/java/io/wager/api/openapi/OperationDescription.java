package io.wager.api.openapi;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.swagger.v3.core.util.Json31;
import io.swagger.v3.oas.models.Operation;
import io.swagger.v3.oas.models.examples.Example;
import io.swagger.v3.oas.models.headers.Header;
import io.swagger.v3.oas.models.media.Content;
import io.swagger.v3.oas.models.media.MediaType;
import io.swagger.v3.oas.models.media.Schema;
import io.swagger.v3.oas.models.parameters.Parameter;
import io.swagger.v3.oas.models.parameters.RequestBody;
import io.swagger.v3.oas.models.responses.ApiResponse;
import io.wager.api.problem.AcceptEncoding;
import io.wager.api.problem.Problem;
import io.wager.api.problem.ProblemError;
import io.wager.api.problem.ProblemType;
import io.wager.api.problem.RetryAfter;
import io.wager.core.wager.Fault.Code;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Says of one operation what it takes and answers. */
final class OperationDescription {

    private static final String JSON = "application/json";
    private static final String QUOTA = "RateLimit";
    private static final String TRACE_ID = "0af7651916cd43dd8448eb211c80319c";

    private final Operation operation;

    OperationDescription(Operation operation) {
        this.operation = operation;
    }

    OperationDescription takes(String mediaType, Schema<?> schema, String name, String example) {
        if (operation.getRequestBody() == null) {
            operation.setRequestBody(new RequestBody().required(true).content(new Content()));
            header("Content-Encoding", Schemas.choice("gzip", "identity"), "The coding of the body; none if absent.");
            fails(ProblemType.MALFORMED_GZIP, ProblemType.UNSUPPORTED_CONTENT_CODING);
        }
        var content = operation.getRequestBody().getContent();
        // Lines are text to a document in JSON; anything else is shown as the JSON that it is.
        Object value = mediaType.equals(JSON) ? json(example) : example;
        content.computeIfAbsent(mediaType, type -> new MediaType().schema(schema))
                .addExamples(name, new Example().value(value));
        return this;
    }

    /** The body may be left out. */
    OperationDescription takesOptionally(Schema<?> schema, String name, String example) {
        takes(JSON, schema, name, example);
        operation.getRequestBody().setRequired(false);
        return this;
    }

    OperationDescription header(String name, Schema<?> schema, String description) {
        return add(new Parameter().in("header").name(name).schema(schema).description(description));
    }

    OperationDescription answers(String status, String description, String example) {
        var response = operation.getResponses().computeIfAbsent(status, code -> new ApiResponse());
        response.description(description);
        mediaType(response, JSON).setExample(json(example));
        return this;
    }

    /** Another example of an answer; the first gets a name then, too. */
    OperationDescription answersOr(String status, String first, String second, String example) {
        var type = mediaType(operation.getResponses().get(status), JSON);
        type.addExamples(first, new Example().value(type.getExample()));
        type.addExamples(second, new Example().value(json(example)));
        type.setExample(null);
        type.setExampleSetFlag(false);
        return this;
    }

    /** The same schema under another status. */
    OperationDescription answersToo(String status, String description, String example) {
        var schema = mediaType(operation.getResponses().get("200"), JSON).getSchema();
        var content =
                new Content().addMediaType(JSON, new MediaType().schema(schema).example(json(example)));
        operation
                .getResponses()
                .addApiResponse(
                        status, new ApiResponse().description(description).content(content));
        return this;
    }

    OperationDescription fails(ProblemType... types) {
        for (var type : types) {
            var response =
                    operation.getResponses().computeIfAbsent(Integer.toString(type.status()), status -> problems(type));
            mediaType(response, Problem.MEDIA_TYPE)
                    .addExamples(
                            type.name().toLowerCase(Locale.ROOT).replace('_', '-'),
                            new Example().summary(type.title()).value(example(type)));
            if (type == ProblemType.UNSUPPORTED_CONTENT_CODING) {
                response.addHeaderObject(
                        "Accept-Encoding",
                        new Header()
                                .description("The supported codings, if the body has another.")
                                .schema(Schemas.text().example(AcceptEncoding.VALUE)));
            }
            if (type.isRetryable()) {
                response.addHeaderObject(
                        "Retry-After",
                        new Header().description("Seconds to wait.").schema(Schemas.seconds(RetryAfter.LEAST_SECONDS)));
            }
        }
        return this;
    }

    /** Each call is charged to its caller: wagers or requests, as the policy says. */
    OperationDescription charges(String policy, int burst) {
        fails(ProblemType.RATE_LIMITED);
        var item = '"' + policy + '"';
        Objects.requireNonNull(refusal())
                .addHeaderObject(
                        QUOTA + "-Policy",
                        new Header()
                                .description("The quota: `q` at once, which come back within `w` seconds.")
                                .schema(Schemas.text().example(item + ";q=" + burst + ";w=2")))
                .addHeaderObject(
                        QUOTA,
                        new Header()
                                .description("What is left, `r`, and the seconds over which to spread it, `t`.")
                                .schema(Schemas.text().example(item + ";r=0;t=1")));
        return this;
    }

    /** Answers tell what is left of the quota as the refusal does; to be called once all of them are described. */
    OperationDescription tellsQuota() {
        var refusal = refusal();
        operation.getResponses().forEach((status, response) -> {
            if (refusal != null && status.startsWith("2")) {
                refusal.getHeaders().forEach((name, header) -> {
                    if (name.startsWith(QUOTA)) {
                        response.addHeaderObject(name, header);
                    }
                });
            }
        });
        return this;
    }

    private @Nullable ApiResponse refusal() {
        return operation.getResponses().get(Integer.toString(ProblemType.RATE_LIMITED.status()));
    }

    /** Completes a parameter of the path, which springdoc has found. */
    OperationDescription parameter(String name, Schema<?> schema, String description) {
        operation.getParameters().stream()
                .filter(parameter -> parameter.getName().equals(name))
                .forEach(parameter -> parameter.schema(schema).description(description));
        return this;
    }

    OperationDescription query(String name, Schema<?> schema, String description) {
        return add(new Parameter().in("query").name(name).schema(schema).description(description));
    }

    OperationDescription requiredQuery(String name, Schema<?> schema, String description) {
        return add(new Parameter()
                .in("query")
                .name(name)
                .required(true)
                .schema(schema)
                .description(description));
    }

    OperationDescription days() {
        return query("from", Schemas.day(), "The first UTC day of createdDateTime, as YYYY-MM-DD.")
                .query("to", Schemas.day(), "The last UTC day, inclusive; not before from.");
    }

    private static MediaType mediaType(@Nullable ApiResponse response, String name) {
        return Objects.requireNonNull(
                Objects.requireNonNull(response).getContent().get(name));
    }

    private OperationDescription add(Parameter parameter) {
        if (operation.getParameters() == null) {
            operation.setParameters(new ArrayList<>());
        }
        operation.getParameters().add(parameter);
        return this;
    }

    private static ApiResponse problems(ProblemType type) {
        return new ApiResponse()
                .description(type.title() + ".")
                .content(
                        new Content().addMediaType(Problem.MEDIA_TYPE, new MediaType().schema(Schemas.ref("Problem"))));
    }

    private static Problem example(ProblemType type) {
        var errors = switch (type) {
            case VALIDATION -> List.of(ProblemError.inBody("/amount", Code.OUT_OF_RANGE, "must not be negative"));
            case DEAD_LETTER_REFUSED -> List.of(ProblemError.of("being-requeued", "A requeue is under way."));
            case REQUEUE_JOB_REFUSED -> List.of(ProblemError.of("is-completed", "The job is completed."));
            case INVALID_PARAMETERS ->
                List.of(ProblemError.inParameter("count", "out-of-range", "must be an integer from 1 to 1000"));
            default -> List.<ProblemError>of();
        };
        return Problem.of(type, "What happened in this case.", "/api/player/topSpenders", TRACE_ID, errors);
    }

    private static Object json(String text) {
        try {
            return Json31.mapper().readTree(text);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("an example is not JSON", e);
        }
    }
}
