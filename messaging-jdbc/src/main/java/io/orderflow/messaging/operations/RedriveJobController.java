package io.orderflow.messaging.operations;

import io.orderflow.messaging.deadletters.RedriveJob;
import io.orderflow.messaging.deadletters.RedriveJobs;
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

/** Redrives of many dead letters. */
@RestController
@RequestMapping(RedriveJobController.PATH)
class RedriveJobController {

    static final String PATH = OperatorApi.DEAD_LETTERS + "/redrives";

    private static final int LATEST = 20;

    private final RedriveJobs jobs;

    RedriveJobController(RedriveJobs jobs) {
        this.jobs = jobs;
    }

    /** Starts to redrive all that match. */
    @PostMapping
    @ResponseStatus(HttpStatus.ACCEPTED)
    ResponseEntity<RedriveJob> start(@RequestBody RedriveRequest request, @Nullable Principal operator) {
        RedriveJob job = jobs.start(request.order(), Operator.name(operator));
        return ResponseEntity.accepted()
                .location(URI.create(PATH + "/" + job.id()))
                .body(job);
    }

    /** Lists the latest ones, newest first. */
    @GetMapping
    Jobs latest() {
        return new Jobs(jobs.latest(LATEST));
    }

    /** Redrives, newest first. */
    record Jobs(List<RedriveJob> items) {}

    /** Shows the progress of one. */
    @GetMapping("/{id}")
    RedriveJob show(@PathVariable UUID id) {
        return jobs.find(id).orElseThrow(() -> OperatorProblem.NOT_FOUND.because("There is no redrive " + id + "."));
    }

    /** Stops one; what it has redriven stays redriven. */
    @PostMapping("/{id}/cancel")
    RedriveJob cancel(@PathVariable UUID id, @Nullable Principal operator) {
        if (!jobs.cancel(id, Operator.name(operator))) {
            throw OperatorProblem.REDRIVE_NOT_RUNNING.because(
                    "Redrive " + id + " is " + show(id).state() + "; nothing was changed.");
        }
        return show(id);
    }
}
