package io.orderflow.service.operations;

import io.orderflow.messaging.deadletters.RedriveJob;
import io.orderflow.messaging.deadletters.RedriveJobs;
import io.orderflow.service.Problem;
import jakarta.validation.Valid;
import java.net.URI;
import java.security.Principal;
import java.util.List;
import java.util.UUID;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** Redrives of many dead letters. */
@RestController
@RequestMapping(RedriveJobController.PATH)
class RedriveJobController {

    static final String PATH = DeadLetterController.PATH + "/redrives";

    private static final int LATEST = 20;
    private static final Problem NOT_RUNNING = new Problem("redrive-not-running", "It is over", HttpStatus.CONFLICT);

    private final RedriveJobs jobs;

    RedriveJobController(RedriveJobs jobs) {
        this.jobs = jobs;
    }

    @PostMapping
    ResponseEntity<RedriveJob> start(@Valid @RequestBody RedriveRequest request, Principal operator) {
        RedriveJob job = jobs.start(request.order(), operator.getName());
        return ResponseEntity.accepted()
                .location(URI.create(PATH + "/" + job.id()))
                .body(job);
    }

    @GetMapping
    Jobs latest() {
        return new Jobs(jobs.latest(LATEST));
    }

    /** The last ones begun, the latest first. */
    record Jobs(List<RedriveJob> items) {}

    @GetMapping("/{id}")
    RedriveJob show(@PathVariable UUID id) {
        return jobs.find(id).orElseThrow(() -> Problem.NOT_FOUND.because("There is no redrive " + id + "."));
    }

    @PostMapping("/{id}/cancel")
    RedriveJob cancel(@PathVariable UUID id, Principal operator) {
        if (!jobs.cancel(id, operator.getName())) {
            throw NOT_RUNNING.because("Redrive " + id + " is " + show(id).state() + "; nothing was done now.");
        }
        return show(id);
    }
}
