package io.orderflow.messaging.operations;

import java.net.URI;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.TypeMismatchException;
import org.springframework.context.MessageSourceResolvable;
import org.springframework.http.HttpStatus;
import org.springframework.http.ProblemDetail;
import org.springframework.validation.BindException;
import org.springframework.validation.FieldError;
import org.springframework.validation.ObjectError;
import org.springframework.validation.method.MethodValidationResult;
import org.springframework.validation.method.ParameterErrors;
import org.springframework.validation.method.ParameterValidationResult;
import org.springframework.web.ErrorResponseException;
import org.springframework.web.method.annotation.MethodArgumentTypeMismatchException;

/**
 * Describes an invalid request as problem+json of type {@value #TYPE}. Its {@code errors} name each invalid field and what it
 * must be. The exceptions' own messages are not used, because they name Java classes.
 */
public final class RequestErrors {

    public static final String TYPE = "urn:orderflow:problem:invalid-request";

    /** More errors than these are not listed. */
    public static final int MAX_ERRORS = 20;

    private RequestErrors() {}

    /**
     * One invalid field.
     *
     * @param field its path, {@code items[0].quantity}; empty for the request as a whole
     * @param message what it must be
     */
    public record InvalidField(String field, String message) {}

    /** A problem with this detail. */
    public static ProblemDetail problem(String detail) {
        ProblemDetail problem = ProblemDetail.forStatusAndDetail(HttpStatus.BAD_REQUEST, detail);
        problem.setType(URI.create(TYPE));
        return problem;
    }

    /** A problem with these errors. */
    public static ProblemDetail problem(List<InvalidField> errors) {
        ProblemDetail problem = problem("See errors.");
        problem.setProperty("errors", errors.stream().limit(MAX_ERRORS).toList());
        return problem;
    }

    /** @throws ErrorResponseException with such a problem if the value is less than the minimum or more than the maximum */
    static int requireBetween(String field, int value, int min, int max) {
        if (value >= min && value <= max) {
            return value;
        }
        throw refused(
                field,
                value < min ? "must be greater than or equal to " + min : "must be less than or equal to " + max);
    }

    /** @throws ErrorResponseException with such a problem if the value is missing */
    static String require(String field, @Nullable String value) {
        if (value == null || value.isBlank()) {
            throw refused(field, "must not be blank");
        }
        return value;
    }

    static <T> List<T> require(String field, @Nullable List<T> value) {
        if (value == null) {
            throw refused(field, "must not be null");
        }
        return value;
    }

    /** Such a problem, to be thrown. */
    static ErrorResponseException refused(String field, String message) {
        return new ErrorResponseException(
                HttpStatus.BAD_REQUEST, problem(List.of(new InvalidField(field, message))), null);
    }

    /** Describes an exception of Spring MVC's argument resolution: of a parameter, its validation, or the body. */
    public static ProblemDetail problem(Exception failure) {
        if (failure instanceof BindException e) {
            return problem(e.getAllErrors().stream().map(RequestErrors::invalid).toList());
        }
        if (failure instanceof MethodValidationResult e) {
            return problem(e.getParameterValidationResults().stream()
                    .flatMap(RequestErrors::invalid)
                    .toList());
        }
        if (failure instanceof TypeMismatchException e) {
            String name = e instanceof MethodArgumentTypeMismatchException argument ? argument.getName() : "";
            return problem(List.of(new InvalidField(name, ExpectedType.mustBe(e.getRequiredType()))));
        }
        return JsonErrors.problem(failure);
    }

    private static Stream<InvalidField> invalid(ParameterValidationResult result) {
        if (result instanceof ParameterErrors errors) {
            return errors.getAllErrors().stream().map(RequestErrors::invalid);
        }
        String name = String.valueOf(result.getMethodParameter().getParameterName());
        return result.getResolvableErrors().stream().map(error -> new InvalidField(name, message(error)));
    }

    private static InvalidField invalid(ObjectError error) {
        if (!(error instanceof FieldError field)) {
            return new InvalidField("", message(error));
        }
        return new InvalidField(
                field.getField(),
                !field.isBindingFailure()
                        ? message(field)
                        : ExpectedType.mustBe(
                                field.contains(TypeMismatchException.class)
                                        ? field.unwrap(TypeMismatchException.class)
                                                .getRequiredType()
                                        : null));
    }

    private static String message(MessageSourceResolvable error) {
        return String.valueOf(error.getDefaultMessage());
    }
}
