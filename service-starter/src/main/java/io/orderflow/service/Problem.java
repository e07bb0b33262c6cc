package io.orderflow.service;

import io.orderflow.messaging.operations.RequestErrors;
import io.orderflow.messaging.operations.RequestErrors.InvalidField;
import java.net.URI;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.ProblemDetail;
import org.springframework.web.ErrorResponseException;

/**
 * A type of {@code application/problem+json} (RFC 9457). The name is stable, titles and details are not. A service defines
 * further types with the constructors.
 *
 * @param name the last part of the type
 * @param title what all problems of this type have in common; the HTTP reason phrase if null
 * @param status the HTTP status
 */
public record Problem(String name, @Nullable String title, HttpStatusCode status) {

    public static final Problem NOT_FOUND = new Problem("not-found", HttpStatus.NOT_FOUND);
    public static final Problem CONFLICT = new Problem("conflict", HttpStatus.CONFLICT);
    public static final Problem UNAUTHORIZED = new Problem("unauthorized", HttpStatus.UNAUTHORIZED);
    public static final Problem TOO_MANY_REQUESTS = new Problem("too-many-requests", HttpStatus.TOO_MANY_REQUESTS);
    public static final Problem FORBIDDEN = new Problem("forbidden", HttpStatus.FORBIDDEN);

    static final Problem INVALID_REQUEST = new Problem("invalid-request", HttpStatus.BAD_REQUEST);
    static final Problem TIMEOUT = new Problem("timeout", HttpStatus.REQUEST_TIMEOUT);
    static final Problem TOO_LARGE = new Problem("too-large", HttpStatus.CONTENT_TOO_LARGE);
    static final Problem UNAVAILABLE = new Problem("unavailable", HttpStatus.SERVICE_UNAVAILABLE);
    static final Problem INTERNAL = new Problem("internal", HttpStatus.INTERNAL_SERVER_ERROR);

    private static final String TYPE_PREFIX = "urn:orderflow:problem:";
    private static final List<Problem> SHARED = List.of(
            NOT_FOUND,
            CONFLICT,
            INVALID_REQUEST,
            TIMEOUT,
            TOO_LARGE,
            UNAVAILABLE,
            new Problem("method-not-allowed", HttpStatus.METHOD_NOT_ALLOWED),
            new Problem("not-acceptable", HttpStatus.NOT_ACCEPTABLE),
            new Problem("unsupported-media-type", HttpStatus.UNSUPPORTED_MEDIA_TYPE));

    public Problem(String name, HttpStatus status) {
        this(name, null, status);
    }

    /** The shared type with this status; for others {@code invalid-request} or {@code internal}. */
    static Problem of(HttpStatusCode status) {
        return SHARED.stream()
                .filter(problem -> problem.status.value() == status.value())
                .findFirst()
                .orElse(status.is4xxClientError() ? INVALID_REQUEST : INTERNAL);
    }

    /** An exception for one invalid field. */
    public static ErrorResponseException invalid(String field, String message) {
        return new ErrorResponseException(
                HttpStatus.BAD_REQUEST, invalidFields(List.of(new FieldProblem(field, message))), null);
    }

    /** The problem of a request with invalid fields. */
    public static ProblemDetail invalidFields(List<FieldProblem> fields) {
        return RequestErrors.problem(fields.stream()
                .map(each -> new InvalidField(each.field(), each.message()))
                .toList());
    }

    /** An exception with this problem. Clients see the detail. */
    public ErrorResponseException because(String detail) {
        return new ErrorResponseException(status, explained(detail), null);
    }

    /** This problem. Clients see the detail. */
    public ProblemDetail explained(String detail) {
        return explained(status, detail);
    }

    /** This problem with another status, for statuses that share a type. */
    ProblemDetail explained(HttpStatusCode actual, String detail) {
        ProblemDetail problem = ProblemDetail.forStatusAndDetail(actual, detail);
        problem.setType(URI.create(TYPE_PREFIX + name));
        if (title != null) {
            problem.setTitle(title);
        }
        return problem;
    }
}
