package io.orderflow.service;

import io.orderflow.messaging.operations.RequestErrors;
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
import org.slf4j.MDC;
import org.springframework.beans.TypeMismatchException;
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
import org.springframework.validation.BindException;
import org.springframework.validation.method.MethodValidationResult;
import org.springframework.web.ErrorResponse;
import org.springframework.web.bind.MissingServletRequestParameterException;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RestControllerAdvice;
import org.springframework.web.context.request.WebRequest;
import org.springframework.web.servlet.mvc.method.annotation.ResponseEntityExceptionHandler;
import org.springframework.web.servlet.resource.NoResourceFoundException;

/** Answers every failure of a request with problem+json that names what the client can change, and no internals. */
@RestControllerAdvice
@Order(Ordered.LOWEST_PRECEDENCE)
class ProblemAdvice extends ResponseEntityExceptionHandler {

    private static final Logger log = LoggerFactory.getLogger(ProblemAdvice.class);

    /** PostgreSQL's character_not_in_repertoire (U+0000 in a text) and datetime_field_overflow. */
    private static final Set<String> UNSTORABLE = Set.of("22021", "22008");

    private static final SQLExceptionTranslator TRANSLATOR = new SQLExceptionSubclassTranslator();

    private static final String RETRY_AFTER_SECONDS = "5";

    /** As log lines name it, while the request is traced. */
    private static final String TRACE_ID = "traceId";

    @ExceptionHandler
    @Nullable
    ResponseEntity<Object> unexpected(Exception failure, HttpServletRequest http, WebRequest request) {
        if (isDatabaseUnavailable(failure)) {
            Throwable cause = NestedExceptionUtils.getMostSpecificCause(failure);
            log.warn("{} {} answered 503: {}", http.getMethod(), http.getRequestURI(), cause.toString());
            HttpHeaders headers = new HttpHeaders();
            headers.set(HttpHeaders.RETRY_AFTER, RETRY_AFTER_SECONDS);
            return answer(
                    failure,
                    Problem.UNAVAILABLE.explained("The database is unavailable or too slow. Try again later."),
                    headers,
                    request);
        }
        if (isUnstorable(failure)) {
            return answer(
                    failure,
                    RequestErrors.problem("A text or a time contains a value that cannot be stored."),
                    new HttpHeaders(),
                    request);
        }
        UUID incident = UUID.randomUUID();
        log.error("{} {} failed, incident {}", http.getMethod(), http.getRequestURI(), incident, failure);
        return answer(
                failure,
                Problem.INTERNAL.explained("The request failed. The log has the cause as incident " + incident + "."),
                new HttpHeaders(),
                request);
    }

    /** Thrown by Tomcat: invalid encoding, or too many parameters. */
    @ExceptionHandler
    @Nullable
    ResponseEntity<Object> invalidParameters(InvalidParameterException failure, WebRequest request) {
        return answer(
                failure, RequestErrors.problem("The query parameters cannot be decoded."), new HttpHeaders(), request);
    }

    /** Called for all exceptions of Spring MVC. */
    @Override
    protected @Nullable ResponseEntity<Object> handleExceptionInternal(
            Exception e, @Nullable Object body, HttpHeaders headers, HttpStatusCode status, WebRequest request) {
        return answer(e, problem(e, body, status), headers, request);
    }

    private static ProblemDetail problem(Exception e, @Nullable Object body, HttpStatusCode status) {
        if (e instanceof HttpMessageNotReadableException) {
            return causes(e)
                    .filter(ReceivedBody.TooLargeException.class::isInstance)
                    .findFirst()
                    .map(tooLarge -> Problem.TOO_LARGE.explained(tooLarge.getMessage()))
                    .orElseGet(() -> RequestErrors.problem(e));
        }
        if (e instanceof BindException
                || e instanceof MethodValidationResult && status.is4xxClientError()
                || e instanceof TypeMismatchException) {
            return RequestErrors.problem(e);
        }
        if (e instanceof MissingServletRequestParameterException missing) {
            return Problem.invalidFields(List.of(new FieldProblem(missing.getParameterName(), "must be given")));
        }
        if (e instanceof NoResourceFoundException) {
            return Problem.NOT_FOUND.explained("There is no resource at this path.");
        }
        Object problem = body == null && e instanceof ErrorResponse response ? response.getBody() : body;
        if (problem instanceof ProblemDetail detail) {
            return String.valueOf(detail.getType()).startsWith("urn:")
                    ? detail
                    : Problem.of(status).explained(status, String.valueOf(detail.getDetail()));
        }
        return Problem.of(status).explained(status, "The request failed.");
    }

    private @Nullable ResponseEntity<Object> answer(
            Exception e, ProblemDetail problem, HttpHeaders headers, WebRequest request) {
        String trace = MDC.get(TRACE_ID);
        if (trace != null) {
            problem.setProperty(TRACE_ID, trace);
        }
        HttpHeaders answered = new HttpHeaders(headers);
        answered.setContentType(MediaType.APPLICATION_PROBLEM_JSON);
        return super.handleExceptionInternal(
                e, problem, answered, HttpStatusCode.valueOf(problem.getStatus()), request);
    }

    /** By Spring's classification of SQLSTATE and of JDBC's own exceptions. */
    private static boolean isDatabaseUnavailable(Throwable failure) {
        return causes(failure)
                .map(cause -> cause instanceof SQLException sql ? TRANSLATOR.translate("request", null, sql) : cause)
                .anyMatch(cause -> cause instanceof TransientDataAccessException
                        || cause instanceof RecoverableDataAccessException
                        || cause instanceof DataAccessResourceFailureException);
    }

    private static boolean isUnstorable(Throwable failure) {
        return causes(failure)
                .anyMatch(cause -> cause instanceof DateTimeException
                        || cause instanceof SQLException sql && UNSTORABLE.contains(String.valueOf(sql.getSQLState())));
    }

    private static Stream<Throwable> causes(Throwable failure) {
        return Stream.iterate(failure, each -> each != null, Throwable::getCause);
    }
}
