package io.orderflow.order.web;

import io.orderflow.order.domain.NoQuoteException;
import io.orderflow.order.domain.NotCancellableException;
import io.orderflow.order.usecases.IdempotencyKeyReusedException;
import io.orderflow.order.usecases.InvalidItemsException;
import io.orderflow.order.usecases.OtherCustomerException;
import io.orderflow.order.usecases.RequestInProgressException;
import io.orderflow.order.usecases.UnknownOrderException;
import io.orderflow.order.usecases.UnknownProductException;
import io.orderflow.service.FieldProblem;
import io.orderflow.service.Problem;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.ProblemDetail;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RestControllerAdvice;

/** The problem details of the exceptions of the use cases. */
@RestControllerAdvice
@Order(0)
class OrderProblems {

    static final Problem KEY_IN_USE =
            new Problem("idempotency-key-in-use", "A request with this key is in progress", HttpStatus.CONFLICT);
    static final Problem NO_QUOTE =
            new Problem("no-quote", "There is no quote for this", HttpStatus.UNPROCESSABLE_CONTENT);
    static final Problem QUOTE_TIMEOUT =
            new Problem("quote-timeout", "The quote did not come in time", HttpStatus.GATEWAY_TIMEOUT);
    static final Problem KEY_REUSED = new Problem(
            "idempotency-key-reused", "The key was used for another request", HttpStatus.UNPROCESSABLE_CONTENT);

    @ExceptionHandler
    ProblemDetail unknown(UnknownProductException e) {
        return Problem.NOT_FOUND.explained(e.getMessage());
    }

    @ExceptionHandler
    ProblemDetail noQuote(NoQuoteException e) {
        return (e.isRefused() ? NO_QUOTE : QUOTE_TIMEOUT).explained(e.getMessage());
    }

    @ExceptionHandler
    ProblemDetail unknown(UnknownOrderException e) {
        return Problem.NOT_FOUND.explained(e.getMessage());
    }

    @ExceptionHandler
    ProblemDetail otherCustomer(OtherCustomerException e) {
        return Problem.FORBIDDEN.explained(e.getMessage());
    }

    @ExceptionHandler
    ProblemDetail notCancellable(NotCancellableException e) {
        return Problem.CONFLICT.explained(e.getMessage());
    }

    @ExceptionHandler
    ProblemDetail invalidItems(InvalidItemsException e) {
        return Problem.invalidFields(e.items().stream()
                .map(item -> new FieldProblem("items[" + item.index() + "].sku", item.reason()))
                .toList());
    }

    @ExceptionHandler
    ResponseEntity<ProblemDetail> inProgress(RequestInProgressException e) {
        return ResponseEntity.status(KEY_IN_USE.status())
                .header(HttpHeaders.RETRY_AFTER, "1")
                .body(KEY_IN_USE.explained(e.getMessage()));
    }

    @ExceptionHandler
    ProblemDetail keyReused(IdempotencyKeyReusedException e) {
        return KEY_REUSED.explained(e.getMessage());
    }
}
