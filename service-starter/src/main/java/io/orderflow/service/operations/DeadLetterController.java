package io.orderflow.service.operations;

import io.orderflow.messaging.Message;
import io.orderflow.messaging.deadletters.DeadLetter;
import io.orderflow.messaging.deadletters.DeadLetters;
import io.orderflow.messaging.deadletters.Decision;
import io.orderflow.messaging.deadletters.Redriving;
import io.orderflow.service.Paging;
import io.orderflow.service.Problem;
import jakarta.validation.Valid;
import java.security.Principal;
import org.springframework.http.HttpStatus;
import org.springframework.web.ErrorResponseException;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** The dead letters of this service's groups: look at them, redrive or discard one. */
@RestController
@RequestMapping(DeadLetterController.PATH)
class DeadLetterController {

    static final String PATH = "/dead-letters";

    private static final Problem NOT_WAITING =
            new Problem("dead-letter-not-waiting", "It has been decided about", HttpStatus.CONFLICT);
    private static final Problem LIMIT_REACHED =
            new Problem("redrive-limit-reached", "It failed too often", HttpStatus.CONFLICT);
    private static final Problem POSSIBLY_HANDLED =
            new Problem("dead-letter-possibly-handled", "It may have been handled", HttpStatus.CONFLICT);
    private static final Problem NOBODY_READS =
            new Problem("dead-letter-unread", "Nobody would read it", HttpStatus.CONFLICT);

    private final DeadLetters deadLetters;
    private final Redriving redriving;

    DeadLetterController(DeadLetters deadLetters, Redriving redriving) {
        this.deadLetters = deadLetters;
        this.redriving = redriving;
    }

    @GetMapping
    DeadLetterPage list(DeadLetterQuery query, @Valid Paging paging) {
        return new DeadLetterPage(
                deadLetters.list(query.filter(), paging.offset(), paging.size()),
                paging.page(),
                paging.size(),
                deadLetters.count(query.filter()),
                deadLetters.byFingerprint(query.filter()));
    }

    @GetMapping("/{id}")
    DeadLetterDetails show(@PathVariable long id) {
        Message<String, byte[]> message = deadLetters.message(id).orElseThrow(() -> unknown(id));
        return DeadLetterDetails.of(letter(id), message, deadLetters.history(id));
    }

    @PostMapping("/{id}/redrive")
    DeadLetter redrive(
            @PathVariable long id, @RequestParam(defaultValue = "false") boolean anyway, Principal operator) {
        String who = operator.getName();
        return done(id, anyway ? redriving.redriveAnyway(id, who) : redriving.redrive(id, who));
    }

    @PostMapping("/{id}/discard")
    DeadLetter discard(@PathVariable long id, Principal operator) {
        return done(id, redriving.discard(id, operator.getName()));
    }

    private DeadLetter done(long id, Decision decision) {
        return switch (decision) {
            case DONE -> letter(id);
            case UNKNOWN -> throw unknown(id);
            case NOT_WAITING ->
                throw NOT_WAITING.because("Dead letter " + id + " is "
                        + letter(id).state() + " since " + letter(id).changedAt() + "; nothing was done now.");
            case LIMIT_REACHED ->
                throw LIMIT_REACHED.because(
                        "Dead letter " + id + " was redriven " + letter(id).redriven()
                                + " times and failed each time; nothing was done now. Repair what fails and raise"
                                + " messaging.dead-letters.max-redrives, or discard it.");
            case POSSIBLY_HANDLED ->
                throw POSSIBLY_HANDLED.because("Dead letter " + id + " failed at "
                        + letter(id).lastFailure() + " and was collected so much later that its message may have been"
                        + " handled since; nothing was done now. Look at what it would do; then discard it, or redrive it"
                        + " with anyway=true.");
            case NOBODY_READS ->
                throw NOBODY_READS.because("Nothing here reads '" + letter(id).topic() + "' for '"
                        + letter(id).group() + "' any more; nothing was done.");
        };
    }

    private DeadLetter letter(long id) {
        return deadLetters.find(id).orElseThrow(() -> unknown(id));
    }

    private static ErrorResponseException unknown(long id) {
        return Problem.NOT_FOUND.because("There is no dead letter " + id + ".");
    }
}
