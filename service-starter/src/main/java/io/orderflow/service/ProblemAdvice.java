package io.orderflow.service;

import jakarta.servlet.http.HttpServletRequest;
import java.sql.SQLException;
import java.time.DateTimeException;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;
import org.apache.tomcat.util.http.InvalidParameterException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.TypeMismatchException;
import org.springframework.context.MessageSourceResolvable;
import org.springframework.core.NestedExceptionUtils;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.dao.RecoverableDataAccessException;
import org.springframework.dao.TransientDataAccessException;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.MediaType;
import org.springframework.http.ProblemDetail;
import org.springframework.http.ResponseEntity;
import org.springframework.http.converter.HttpMessageNotReadableException;
import org.springframework.jdbc.support.SQLExceptionSubclassTranslator;
import org.springframework.jdbc.support.SQLExceptionTranslator;
import org.springframework.validation.FieldError;
import org.springframework.validation.method.ParameterErrors;
import org.springframework.validation.method.ParameterValidationResult;
import org.springframework.web.ErrorResponse;
import org.springframework.web.bind.MethodArgumentNotValidException;
import org.springframework.web.bind.MissingServletRequestParameterException;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RestControllerAdvice;
import org.springframework.web.context.request.WebRequest;
import org.springframework.web.method.annotation.HandlerMethodValidationException;
import org.springframework.web.method.annotation.MethodArgumentTypeMismatchException;
import org.springframework.web.servlet.mvc.method.annotation.ResponseEntityExceptionHandler;
import org.springframework.web.servlet.resource.NoResourceFoundException;

/** Answers every failure of a request with problem+json that names what the client can change, and nothing of ours. */
@RestControllerAdvice
@Order(Ordered.LOWEST_PRECEDENCE)
class ProblemAdvice extends ResponseEntityExceptionHandler {

    static final int MAX_ERRORS = 20;

    private static final Logger log = LoggerFactory.getLogger(ProblemAdvice.class);

    /**
     * What Java and JSON can say and PostgreSQL cannot hold: U+0000 in a text (character_not_in_repertoire), a year far away
     * (datetime_field_overflow).
     */
    private static final Set<String> UNSTORABLE = Set.of("22021", "22008");

    private static final SQLExceptionTranslator TRANSLATOR = new SQLExceptionSubclassTranslator();

    private static final String RETRY_AFTER_SECONDS = "5";

    @ExceptionHandler
    @Nullable
    ResponseEntity<Object> unforeseen(Exception failure, HttpServletRequest http, WebRequest request) {
        if (isDatabaseUnavailable(failure)) {
            log.warn(
                    "{} {} answered 503: {}",
                    http.getMethod(),
                    http.getRequestURI(),
                    NestedExceptionUtils.getMostSpecificCause(failure).toString());
            HttpHeaders headers = new HttpHeaders();
            headers.set(HttpHeaders.RETRY_AFTER, RETRY_AFTER_SECONDS);
            ProblemDetail problem =
                    Problem.UNAVAILABLE.explained("The database does not answer in time. Try again later.");
            return handleExceptionInternal(failure, problem, headers, Problem.UNAVAILABLE.status(), request);
        }
        if (isUnstorable(failure)) {
            ProblemDetail problem = Problem.INVALID_REQUEST.explained(
                    "A text has a character that no text can have, or a time is too far away.");
            return handleExceptionInternal(
                    failure, problem, new HttpHeaders(), Problem.INVALID_REQUEST.status(), request);
        }
        UUID incident = UUID.randomUUID();
        log.error("{} {} failed, incident {}", http.getMethod(), http.getRequestURI(), incident, failure);
        ProblemDetail problem = Problem.INTERNAL.explained("This was logged as incident " + incident + ".");
        return handleExceptionInternal(failure, problem, new HttpHeaders(), Problem.INTERNAL.status(), request);
    }

    /** Of Tomcat: bytes that are no text, or far too many parameters. */
    @ExceptionHandler
    @Nullable
    ResponseEntity<Object> unreadableParameters(InvalidParameterException failure, WebRequest request) {
        ProblemDetail problem = Problem.INVALID_REQUEST.explained("The parameters of the address cannot be read.");
        return handleExceptionInternal(failure, problem, new HttpHeaders(), Problem.INVALID_REQUEST.status(), request);
    }

    @Override
    protected @Nullable ResponseEntity<Object> handleHttpMessageNotReadable(
            HttpMessageNotReadableException e, HttpHeaders headers, HttpStatusCode status, WebRequest request) {
        ProblemDetail problem = UnreadableBody.causes(e)
                .filter(ReceivedBody.TooLargeException.class::isInstance)
                .map(exceeded -> Problem.TOO_LARGE.explained(exceeded.getMessage()))
                .findFirst()
                .orElseGet(() -> UnreadableBody.explain(e));
        return handleExceptionInternal(e, problem, headers, HttpStatusCode.valueOf(problem.getStatus()), request);
    }

    @Override
    protected @Nullable ResponseEntity<Object> handleMethodArgumentNotValid(
            MethodArgumentNotValidException e, HttpHeaders headers, HttpStatusCode status, WebRequest request) {
        List<FieldProblem> fields = Stream.concat(
                        e.getFieldErrors().stream().map(ProblemAdvice::fieldProblem),
                        e.getGlobalErrors().stream().map(error -> new FieldProblem("", message(error))))
                .toList();
        return invalid(e, fields, headers, request);
    }

    @Override
    protected @Nullable ResponseEntity<Object> handleHandlerMethodValidationException(
            HandlerMethodValidationException e, HttpHeaders headers, HttpStatusCode status, WebRequest request) {
        List<FieldProblem> fields = e.getParameterValidationResults().stream()
                .flatMap(ProblemAdvice::fieldProblems)
                .toList();
        return invalid(e, fields, headers, request);
    }

    @Override
    protected @Nullable ResponseEntity<Object> handleTypeMismatch(
            TypeMismatchException e, HttpHeaders headers, HttpStatusCode status, WebRequest request) {
        String name = e instanceof MethodArgumentTypeMismatchException argument ? argument.getName() : "";
        return invalid(e, List.of(new FieldProblem(name, Expectation.mustBe(e.getRequiredType()))), headers, request);
    }

    @Override
    protected @Nullable ResponseEntity<Object> handleMissingServletRequestParameter(
            MissingServletRequestParameterException e, HttpHeaders headers, HttpStatusCode status, WebRequest request) {
        return invalid(e, List.of(new FieldProblem(e.getParameterName(), "must be given")), headers, request);
    }

    @Override
    protected @Nullable ResponseEntity<Object> handleNoResourceFoundException(
            NoResourceFoundException e, HttpHeaders headers, HttpStatusCode status, WebRequest request) {
        ProblemDetail problem = Problem.NOT_FOUND.explained("There is nothing at this address.");
        return handleExceptionInternal(e, problem, headers, status, request);
    }

    /** Where all of the above and the framework's own cases end. */
    @Override
    protected @Nullable ResponseEntity<Object> handleExceptionInternal(
            Exception e, @Nullable Object body, HttpHeaders headers, HttpStatusCode status, WebRequest request) {
        Object problem = body;
        if (body == null && e instanceof ErrorResponse response) {
            problem = response.getBody();
        }
        if (problem instanceof ProblemDetail detail
                && !String.valueOf(detail.getType()).startsWith("urn:")) {
            problem = Problem.of(status).explained(String.valueOf(detail.getDetail()));
        }
        HttpHeaders answered = new HttpHeaders(headers);
        answered.setContentType(MediaType.APPLICATION_PROBLEM_JSON);
        return super.handleExceptionInternal(e, problem, answered, status, request);
    }

    private @Nullable ResponseEntity<Object> invalid(
            Exception e, List<FieldProblem> fields, HttpHeaders headers, WebRequest request) {
        ProblemDetail problem =
                Problem.invalidFields(fields.stream().limit(MAX_ERRORS).toList());
        return handleExceptionInternal(e, problem, headers, Problem.INVALID_REQUEST.status(), request);
    }

    private static Stream<FieldProblem> fieldProblems(ParameterValidationResult result) {
        if (result instanceof ParameterErrors errors) {
            return errors.getFieldErrors().stream().map(ProblemAdvice::fieldProblem);
        }
        String name = String.valueOf(result.getMethodParameter().getParameterName());
        return result.getResolvableErrors().stream().map(error -> new FieldProblem(name, message(error)));
    }

    private static FieldProblem fieldProblem(FieldError error) {
        if (!error.isBindingFailure()) {
            return new FieldProblem(error.getField(), message(error));
        }
        // The framework's sentence about a value that cannot be converted names our classes.
        Class<?> required = error.contains(TypeMismatchException.class)
                ? error.unwrap(TypeMismatchException.class).getRequiredType()
                : null;
        return new FieldProblem(error.getField(), Expectation.mustBe(required));
    }

    private static String message(MessageSourceResolvable error) {
        return String.valueOf(error.getDefaultMessage());
    }

    /** By Spring's classification of SQLSTATE and of JDBC's own exceptions. */
    private static boolean isDatabaseUnavailable(Throwable failure) {
        return UnreadableBody.causes(failure)
                .map(cause -> cause instanceof SQLException sql ? TRANSLATOR.translate("request", null, sql) : cause)
                .anyMatch(cause -> cause instanceof TransientDataAccessException
                        || cause instanceof RecoverableDataAccessException
                        || cause instanceof DataAccessResourceFailureException);
    }

    private static boolean isUnstorable(Throwable failure) {
        return UnreadableBody.causes(failure)
                .anyMatch(cause -> cause instanceof DateTimeException
                        || cause instanceof SQLException sql && UNSTORABLE.contains(String.valueOf(sql.getSQLState())));
    }
}
