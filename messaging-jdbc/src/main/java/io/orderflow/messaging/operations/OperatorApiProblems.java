package io.orderflow.messaging.operations;

import java.time.DateTimeException;
import org.springframework.beans.TypeMismatchException;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.http.MediaType;
import org.springframework.http.ProblemDetail;
import org.springframework.http.ResponseEntity;
import org.springframework.http.converter.HttpMessageNotReadableException;
import org.springframework.validation.BindException;
import org.springframework.web.ErrorResponseException;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RestControllerAdvice;

/**
 * Answers refusals and invalid requests of this API with problem+json, whatever the application does for its own controllers.
 * Other failures are left to the application. It is no {@code ResponseEntityExceptionHandler}: with one in the context,
 * {@code spring.mvc.problemdetails.enabled} has no effect.
 */
@RestControllerAdvice(
        assignableTypes = {
            AuditController.class,
            ConservationController.class,
            DeadLetterController.class,
            RedriveJobController.class,
            ReplayController.class,
            OutboxController.class,
            ScheduledController.class,
            GroupController.class,
            SubscriptionController.class
        })
@Order(Ordered.HIGHEST_PRECEDENCE)
class OperatorApiProblems {

    @ExceptionHandler
    ResponseEntity<ProblemDetail> refused(ErrorResponseException refusal) {
        return answer(refusal.getBody());
    }

    @ExceptionHandler({BindException.class, TypeMismatchException.class, HttpMessageNotReadableException.class})
    ResponseEntity<ProblemDetail> invalid(Exception failure) {
        return answer(RequestErrors.problem(failure));
    }

    @ExceptionHandler({DataIntegrityViolationException.class, DateTimeException.class})
    ResponseEntity<ProblemDetail> notStorable() {
        return answer(RequestErrors.problem(
                "A parameter contains a character or a time that the database does not support."));
    }

    private static ResponseEntity<ProblemDetail> answer(ProblemDetail problem) {
        return ResponseEntity.status(problem.getStatus())
                .contentType(MediaType.APPLICATION_PROBLEM_JSON)
                .body(problem);
    }
}
