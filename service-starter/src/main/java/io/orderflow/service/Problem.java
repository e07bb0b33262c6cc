package io.orderflow.service;

import java.net.URI;
import java.util.List;
import org.springframework.http.HttpStatus;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.ProblemDetail;
import org.springframework.web.ErrorResponseException;

/**
 * A kind of problem, as a client meets it in {@code application/problem+json} (RFC 9457). The type is stable; titles and
 * details are for people. A service adds kinds of its own with the constructor.
 *
 * @param name the last part of the type
 * @param title what all problems of this kind have in common
 * @param status the HTTP status
 */
public record Problem(String name, String title, HttpStatusCode status) {

    public static final Problem INVALID_REQUEST =
            new Problem("invalid-request", "The request is not valid", HttpStatus.BAD_REQUEST);
    public static final Problem NOT_FOUND = new Problem("not-found", "There is no such thing", HttpStatus.NOT_FOUND);
    public static final Problem METHOD_NOT_ALLOWED =
            new Problem("method-not-allowed", "Not done this way", HttpStatus.METHOD_NOT_ALLOWED);
    public static final Problem NOT_ACCEPTABLE =
            new Problem("not-acceptable", "No answer of this media type", HttpStatus.NOT_ACCEPTABLE);
    public static final Problem TIMEOUT =
            new Problem("timeout", "The request's body took too long", HttpStatus.REQUEST_TIMEOUT);
    public static final Problem CONFLICT =
            new Problem("conflict", "Not possible in the present state", HttpStatus.CONFLICT);
    public static final Problem TOO_LARGE =
            new Problem("too-large", "The request's body is too large", HttpStatus.CONTENT_TOO_LARGE);
    public static final Problem UNSUPPORTED_MEDIA_TYPE =
            new Problem("unsupported-media-type", "Not a media type we read", HttpStatus.UNSUPPORTED_MEDIA_TYPE);
    public static final Problem INTERNAL =
            new Problem("internal", "Something went wrong here", HttpStatus.INTERNAL_SERVER_ERROR);
    public static final Problem UNAVAILABLE =
            new Problem("unavailable", "Not available for the moment", HttpStatus.SERVICE_UNAVAILABLE);

    private static final String TYPE_PREFIX = "urn:orderflow:problem:";
    private static final List<Problem> SHARED = List.of(
            INVALID_REQUEST,
            NOT_FOUND,
            METHOD_NOT_ALLOWED,
            NOT_ACCEPTABLE,
            TIMEOUT,
            CONFLICT,
            TOO_LARGE,
            UNSUPPORTED_MEDIA_TYPE,
            UNAVAILABLE);

    /** The shared kind with this status; other client errors are invalid requests, all else is internal. */
    static Problem of(HttpStatusCode status) {
        return SHARED.stream()
                .filter(problem -> problem.status.value() == status.value())
                .findFirst()
                .orElse(status.is4xxClientError() ? INVALID_REQUEST : INTERNAL);
    }

    /** The fields of a request that are wrong. */
    public static ErrorResponseException invalid(List<FieldProblem> fields) {
        return INVALID_REQUEST.exception(invalidFields(fields));
    }

    /** One field of a request that is wrong. */
    public static ErrorResponseException invalid(String field, String message) {
        return invalid(List.of(new FieldProblem(field, message)));
    }

    /** To be thrown by a controller: this problem, explained in a sentence that may be shown to the client. */
    public ErrorResponseException because(String sentence) {
        return exception(explained(sentence));
    }

    /** To be returned by an exception handler: the fields of a request that are wrong. */
    public static ProblemDetail invalidFields(List<FieldProblem> fields) {
        ProblemDetail detail = INVALID_REQUEST.explained("See errors.");
        detail.setProperty("errors", fields);
        return detail;
    }

    /** To be returned by an exception handler: this problem, explained in a sentence that may be shown to the client. */
    public ProblemDetail explained(String sentence) {
        ProblemDetail detail = ProblemDetail.forStatusAndDetail(status, sentence);
        detail.setType(URI.create(TYPE_PREFIX + name));
        detail.setTitle(title);
        return detail;
    }

    private ErrorResponseException exception(ProblemDetail detail) {
        return new ErrorResponseException(status, detail, null);
    }
}
