package io.orderflow.order.web;

import io.orderflow.order.usecases.InvalidWebhookException;
import io.orderflow.order.usecases.UnknownWebhookException;
import io.orderflow.order.usecases.WebhookConflictException;
import io.orderflow.service.FieldProblem;
import io.orderflow.service.Problem;
import java.util.List;
import org.springframework.core.annotation.Order;
import org.springframework.http.ProblemDetail;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RestControllerAdvice;

/** The problem details of the exceptions about webhooks. */
@RestControllerAdvice
@Order(0)
class WebhookProblems {

    @ExceptionHandler
    ProblemDetail unknown(UnknownWebhookException e) {
        return Problem.NOT_FOUND.explained(e.getMessage());
    }

    @ExceptionHandler
    ProblemDetail conflict(WebhookConflictException e) {
        return Problem.CONFLICT.explained(e.getMessage());
    }

    @ExceptionHandler
    ProblemDetail invalid(InvalidWebhookException e) {
        return Problem.invalidFields(List.of(new FieldProblem(e.field(), e.getMessage())));
    }
}
