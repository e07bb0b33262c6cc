package io.orderflow.messaging.operations;

import io.orderflow.messaging.Message;
import io.orderflow.messaging.deadletters.DeadLetter;
import io.orderflow.messaging.deadletters.DeadLetterFilter;
import io.orderflow.messaging.deadletters.DeadLetters;
import io.orderflow.messaging.deadletters.Decision;
import io.orderflow.messaging.deadletters.Redriving;
import java.security.Principal;
import org.jspecify.annotations.Nullable;
import org.springframework.web.ErrorResponseException;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** The dead letters of this application's groups: list and show them, redrive or discard one. */
@RestController
@RequestMapping(OperatorApi.DEAD_LETTERS)
class DeadLetterController {

    private final DeadLetters deadLetters;
    private final Redriving redriving;

    DeadLetterController(DeadLetters deadLetters, Redriving redriving) {
        this.deadLetters = deadLetters;
        this.redriving = redriving;
    }

    /** Lists those that match all given parameters. */
    @GetMapping
    DeadLetterPage list(
            DeadLetterQuery query,
            @RequestParam(defaultValue = OperatorApi.FIRST_PAGE) int page,
            @RequestParam(defaultValue = OperatorApi.PAGE_SIZE) int size) {
        DeadLetterFilter filter = query.filter();
        return new DeadLetterPage(
                deadLetters.list(filter, OperatorApi.offset(page, size), size),
                page,
                size,
                deadLetters.count(filter),
                deadLetters.byFingerprint(filter));
    }

    /** Shows one with its content and history. */
    @GetMapping("/{id}")
    DeadLetterDetails show(@PathVariable long id) {
        Message<String, byte[]> message = deadLetters.message(id).orElseThrow(() -> unknown(id));
        return DeadLetterDetails.of(letter(id), message, deadLetters.history(id));
    }

    /** Sends one again, to the group that failed only; with {@code anyway}, also if its message may have been handled. */
    @PostMapping("/{id}/redrive")
    DeadLetter redrive(
            @PathVariable long id, @RequestParam(defaultValue = "false") boolean anyway, @Nullable Principal operator) {
        String who = Operator.name(operator);
        return done(id, anyway ? redriving.redriveAnyway(id, who) : redriving.redrive(id, who));
    }

    /** Marks one as not to be redriven. */
    @PostMapping("/{id}/discard")
    DeadLetter discard(@PathVariable long id, @Nullable Principal operator) {
        return done(id, redriving.discard(id, Operator.name(operator)));
    }

    private DeadLetter done(long id, Decision decision) {
        return switch (decision) {
            case DONE -> letter(id);
            case UNKNOWN -> throw unknown(id);
            case NOT_WAITING ->
                throw OperatorProblem.DEAD_LETTER_NOT_WAITING.because("Dead letter " + id + " is "
                        + letter(id).state() + " since " + letter(id).changedAt() + "; nothing was changed.");
            case LIMIT_REACHED ->
                throw OperatorProblem.REDRIVE_LIMIT_REACHED.because(
                        "Dead letter " + id + " was redriven " + letter(id).redriven()
                                + " times and failed each time; nothing was changed. Repair what fails and raise"
                                + " messaging.dead-letters.max-redrives, or discard it.");
            case POSSIBLY_HANDLED ->
                throw OperatorProblem.DEAD_LETTER_POSSIBLY_HANDLED.because("Dead letter " + id + " failed at "
                        + letter(id).lastFailure() + " and was collected so much later that its message may have been"
                        + " handled since; nothing was changed. Check its effects; then discard it, or redrive it"
                        + " with anyway=true.");
            case NOBODY_READS ->
                throw OperatorProblem.DEAD_LETTER_UNREAD.because("No subscription of this application reads '"
                        + letter(id).topic() + "' for '" + letter(id).group() + "' any more; nothing was changed.");
        };
    }

    private DeadLetter letter(long id) {
        return deadLetters.find(id).orElseThrow(() -> unknown(id));
    }

    private static ErrorResponseException unknown(long id) {
        return OperatorProblem.NOT_FOUND.because("There is no dead letter " + id + ".");
    }
}
