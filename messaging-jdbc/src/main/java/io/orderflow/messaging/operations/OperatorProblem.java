package io.orderflow.messaging.operations;

import java.net.URI;
import java.util.Locale;
import org.springframework.http.HttpStatus;
import org.springframework.http.ProblemDetail;
import org.springframework.web.ErrorResponseException;

/** The refusals of the operator API. The type, {@code urn:orderflow:problem:dead-letter-unread}, is stable; details are not. */
enum OperatorProblem {
    NOT_FOUND(HttpStatus.NOT_FOUND),
    DEAD_LETTER_NOT_WAITING(HttpStatus.CONFLICT),
    DEAD_LETTER_POSSIBLY_HANDLED(HttpStatus.CONFLICT),
    DEAD_LETTER_UNREAD(HttpStatus.CONFLICT),
    REDRIVE_LIMIT_REACHED(HttpStatus.CONFLICT),
    REDRIVE_NOT_RUNNING(HttpStatus.CONFLICT),
    NOT_REPLAYABLE(HttpStatus.CONFLICT),
    REPLAY_RUNNING(HttpStatus.CONFLICT),
    REPLAY_NOT_RUNNING(HttpStatus.CONFLICT),
    GROUP_IN_USE(HttpStatus.CONFLICT),
    SUBSCRIPTION_NOT_PAUSABLE(HttpStatus.CONFLICT),
    UNAVAILABLE(HttpStatus.SERVICE_UNAVAILABLE);

    private final HttpStatus status;

    OperatorProblem(HttpStatus status) {
        this.status = status;
    }

    ErrorResponseException because(String sentence) {
        ProblemDetail problem = ProblemDetail.forStatusAndDetail(status, sentence);
        problem.setType(URI.create(
                "urn:orderflow:problem:" + name().toLowerCase(Locale.ROOT).replace('_', '-')));
        return new ErrorResponseException(status, problem, null);
    }
}
