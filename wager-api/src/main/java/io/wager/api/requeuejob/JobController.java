package io.wager.api.requeuejob;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import io.wager.api.access.RequiresRole;
import io.wager.api.access.Role;
import io.wager.api.audit.Action;
import io.wager.api.http.HttpProperties;
import io.wager.api.http.NextLink;
import io.wager.api.http.RequestBodies;
import io.wager.api.http.RequestParameters;
import io.wager.api.http.SequenceCursor;
import jakarta.servlet.http.HttpServletRequest;
import java.net.URI;
import java.time.Clock;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;

/** Takes requeue jobs and tells how far they are. */
@Tag(name = "Requeue jobs")
@RestController
final class JobController {

    private static final String JOBS = "/api/admin/requeue-jobs";
    private static final String JOB = JOBS + "/{id}";
    private static final int MAX_REASON_UNITS = 1_000;
    private static final int DEFAULT_LIMIT = 50;
    private static final int MAX_LIMIT = 500;

    private final JobActions actions;
    private final JobRepository jobs;
    private final DryRun dryRun;
    private final HttpProperties limits;
    private final Clock clock;

    JobController(JobActions actions, JobRepository jobs, DryRun dryRun, HttpProperties limits, Clock clock) {
        this.actions = actions;
        this.jobs = jobs;
        this.dryRun = dryRun;
        this.limits = limits;
        this.clock = clock;
    }

    @RequiresRole(Role.OPS_WRITE)
    @Operation(
            operationId = "postRequeueJob",
            summary = "Requeue many dead letters",
            description = "A selection by `ids`, by `fingerprint` (the open letters of a group) or by `filter`. With"
                    + " `dryRun` it only counts how many would be sent and how many can't be, and why. Otherwise 202: the job"
                    + " lives in the database and is run by one instance at a time.")
    @PostMapping(path = JOBS, consumes = MediaType.APPLICATION_JSON_VALUE, produces = MediaType.APPLICATION_JSON_VALUE)
    ResponseEntity<Object> post(HttpServletRequest request) {
        var wanted = JobRequest.read(RequestBodies.read(request, limits.maxSingleSize()));
        if (wanted.isDryRun()) {
            return ResponseEntity.ok(dryRun.run(wanted.selection()));
        }
        var job = actions.create(wanted, Action.of("create-requeue-job", request, null, wanted.reason()));
        return ResponseEntity.accepted()
                .location(URI.create(JOBS + "/" + job.id()))
                .body(full(job));
    }

    @RequiresRole(Role.OPS_READ)
    @Operation(
            operationId = "getRequeueJobs",
            summary = "The requeue jobs, latest first",
            description = "Without their progress. Follow `Link: rel=\"next\"` for more.")
    @GetMapping(path = JOBS, produces = MediaType.APPLICATION_JSON_VALUE)
    ResponseEntity<JobsResponse> list(HttpServletRequest request) {
        var parameters = new RequestParameters(request);
        var status = choice(parameters, "status", JobStatus.values(), JobStatus::wireForm);
        var limit = parameters.integer("limit", 1, MAX_LIMIT, DEFAULT_LIMIT);
        var list = "requeue-jobs " + status;
        var cursor = SequenceCursor.read(parameters, list);
        parameters.check();
        // One more than asked for tells whether anything follows.
        var found = jobs.page(status, cursor == null ? Long.MAX_VALUE : cursor.sequence(), limit + 1);
        var shown = found.subList(0, Math.min(limit, found.size()));
        var headers = found.size() > shown.size()
                ? NextLink.of(request, new SequenceCursor(shown.getLast().sequence()).encode(list))
                        .with("limit", limit)
                        .with("status", status == null ? null : status.wireForm())
                        .headers()
                : new HttpHeaders();
        return ResponseEntity.ok()
                .headers(headers)
                .body(new JobsResponse(
                        shown.stream().map(job -> JobResponse.of(job, null)).toList()));
    }

    @RequiresRole(Role.OPS_READ)
    @Operation(operationId = "getRequeueJob", summary = "A requeue job and its progress")
    @GetMapping(path = JOB, produces = MediaType.APPLICATION_JSON_VALUE)
    JobResponse get(@PathVariable("id") String id, HttpServletRequest request) {
        var jobId = jobId(id, new RequestParameters(request));
        return full(jobs.find(jobId).orElseThrow(JobActions::unknown));
    }

    @RequiresRole(Role.OPS_READ)
    @Operation(
            operationId = "getRequeueJobItems",
            summary = "The dead letters of a requeue job",
            description = "In the order of archiving. Follow `Link: rel=\"next\"` for more.")
    @GetMapping(path = JOB + "/items", produces = MediaType.APPLICATION_JSON_VALUE)
    ResponseEntity<ItemsResponse> items(@PathVariable("id") String id, HttpServletRequest request) {
        var parameters = new RequestParameters(request);
        var outcome = choice(parameters, "outcome", Outcome.values(), Outcome::wireForm);
        var limit = parameters.integer("limit", 1, MAX_LIMIT, DEFAULT_LIMIT);
        var list = "requeue-job-items " + id + " " + outcome;
        var cursor = SequenceCursor.read(parameters, list);
        var jobId = jobId(id, parameters);
        if (jobs.find(jobId).isEmpty()) {
            throw JobActions.unknown();
        }
        var found = jobs.items(jobId, outcome, cursor == null ? Long.MIN_VALUE : cursor.sequence(), limit + 1);
        var shown = found.subList(0, Math.min(limit, found.size()));
        var headers = found.size() > shown.size()
                ? NextLink.of(request, new SequenceCursor(shown.getLast().sequence()).encode(list))
                        .with("limit", limit)
                        .with("outcome", outcome == null ? null : outcome.wireForm())
                        .headers()
                : new HttpHeaders();
        return ResponseEntity.ok()
                .headers(headers)
                .body(new ItemsResponse(
                        shown.stream().map(ItemsResponse.Item::of).toList()));
    }

    @RequiresRole(Role.OPS_WRITE)
    @Operation(
            operationId = "pauseRequeueJob",
            summary = "Pause a job",
            description = "Letters under way are followed to their end.")
    @PostMapping(path = JOB + "/pause", produces = MediaType.APPLICATION_JSON_VALUE)
    JobResponse pause(@PathVariable("id") String id, HttpServletRequest request) {
        return change("pause-requeue-job", id, request, actions::pause);
    }

    @RequiresRole(Role.OPS_WRITE)
    @Operation(operationId = "resumeRequeueJob", summary = "Resume a paused job")
    @PostMapping(path = JOB + "/resume", produces = MediaType.APPLICATION_JSON_VALUE)
    JobResponse resume(@PathVariable("id") String id, HttpServletRequest request) {
        return change("resume-requeue-job", id, request, actions::resume);
    }

    @RequiresRole(Role.OPS_WRITE)
    @Operation(
            operationId = "cancelRequeueJob",
            summary = "End a job",
            description =
                    "Pending letters are skipped and free for other jobs. Letters under way are followed to their end.")
    @PostMapping(path = JOB + "/cancel", produces = MediaType.APPLICATION_JSON_VALUE)
    JobResponse cancel(@PathVariable("id") String id, HttpServletRequest request) {
        return change("cancel-requeue-job", id, request, actions::cancel);
    }

    private JobResponse change(
            String name, String id, HttpServletRequest request, BiFunction<UUID, Action, Job> change) {
        var jobId = jobId(id, new RequestParameters(request));
        var body = RequestBodies.readOptionalObject(request, limits.maxSingleSize());
        var reason = body.text("reason", MAX_REASON_UNITS);
        body.check();
        return full(change.apply(jobId, Action.of(name, request, jobId.toString(), reason)));
    }

    private JobResponse full(Job job) {
        var now = clock.instant();
        var counts = jobs.counts(job.id(), ProgressResponse.since(job, now));
        return JobResponse.of(job, ProgressResponse.of(job, counts, now));
    }

    private static UUID jobId(String id, RequestParameters parameters) {
        var jobId = parameters.id("id", id);
        parameters.check();
        return jobId;
    }

    private static <T> @Nullable T choice(
            RequestParameters parameters, String name, T[] values, Function<T, String> wireForm) {
        var text = parameters.text(name);
        if (text == null) {
            return null;
        }
        List<T> found = Arrays.stream(values)
                .filter(value -> wireForm.apply(value).equals(text))
                .toList();
        if (found.isEmpty()) {
            parameters.fault(
                    name,
                    "not-one-of",
                    "must be one of " + Arrays.stream(values).map(wireForm).collect(Collectors.joining(", ")));
            return null;
        }
        return found.getFirst();
    }
}
