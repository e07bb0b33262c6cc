package io.orderflow.messaging.operations;

import io.orderflow.messaging.MessagingException;
import io.orderflow.messaging.NoHistoryException;
import io.orderflow.messaging.replay.ReplayJob;
import io.orderflow.messaging.replay.ReplayJobs;
import java.net.URI;
import java.security.Principal;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** Replays of this application's subscriptions. */
@RestController
@RequestMapping(OperatorApi.REPLAYS)
class ReplayController {

    private static final int LATEST = 20;

    private final ReplayJobs jobs;

    ReplayController(ReplayJobs jobs) {
        this.jobs = jobs;
    }

    /** Starts a replay of a subscription. */
    @PostMapping
    @ResponseStatus(HttpStatus.ACCEPTED)
    ResponseEntity<ReplayJob> start(@RequestBody ReplayRequest request, @Nullable Principal operator) {
        ReplayJob job = started(request, Operator.name(operator));
        return ResponseEntity.accepted()
                .location(URI.create(OperatorApi.REPLAYS + "/" + job.id()))
                .body(job);
    }

    private ReplayJob started(ReplayRequest request, String operator) {
        try {
            return jobs.start(request.requiredTopic(), request.requiredGroup(), request.start(), operator);
        } catch (NoHistoryException | IllegalArgumentException e) {
            throw OperatorProblem.NOT_REPLAYABLE.because(e.getMessage());
        } catch (MessagingException e) {
            throw OperatorProblem.UNAVAILABLE.because(
                    "Nothing was started: " + e.getMessage() + " Try again when the broker is available.");
        } catch (IllegalStateException e) {
            throw OperatorProblem.REPLAY_RUNNING.because(e.getMessage());
        }
    }

    /** Lists the latest ones, newest first. */
    @GetMapping
    Replays latest() {
        return new Replays(jobs.latest(LATEST));
    }

    /** Replays, newest first. */
    record Replays(List<ReplayJob> items) {}

    /** Shows the progress of one. */
    @GetMapping("/{id}")
    ReplayJob show(@PathVariable UUID id) {
        return jobs.find(id).orElseThrow(() -> OperatorProblem.NOT_FOUND.because("There is no replay " + id + "."));
    }

    /** Stops one; what was handled again stays handled. */
    @PostMapping("/{id}/cancel")
    ReplayJob cancel(@PathVariable UUID id, @Nullable Principal operator) {
        if (!jobs.cancel(id, Operator.name(operator))) {
            throw OperatorProblem.REPLAY_NOT_RUNNING.because(
                    "Replay " + id + " is " + show(id).state() + "; nothing was changed.");
        }
        return show(id);
    }
}
