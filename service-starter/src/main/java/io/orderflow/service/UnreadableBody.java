package io.orderflow.service;

import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ProblemDetail;
import tools.jackson.core.JacksonException;
import tools.jackson.core.TokenStreamLocation;
import tools.jackson.core.exc.InputCoercionException;
import tools.jackson.core.exc.StreamConstraintsException;
import tools.jackson.databind.exc.MismatchedInputException;
import tools.jackson.databind.exc.PropertyBindingException;

/** Says in a client's words why a body could not be read; Jackson's own words name our classes. */
final class UnreadableBody {

    private UnreadableBody() {}

    static ProblemDetail explain(Throwable failure) {
        Throwable cause = causes(failure)
                .filter(JacksonException.class::isInstance)
                .findFirst()
                .orElse(failure);
        if (cause instanceof PropertyBindingException e) {
            return invalid(e, "is not a field of this request");
        }
        if (cause instanceof MismatchedInputException e) {
            return invalid(e, Expectation.mustBe(e.getTargetType()));
        }
        if (cause instanceof InputCoercionException e) {
            return invalid(e, Expectation.mustBe(e.getTargetType()) + " of usual size");
        }
        if (cause instanceof StreamConstraintsException) {
            return Problem.INVALID_REQUEST.explained(
                    "The JSON is nested too deeply, or has a number or name too long.");
        }
        if (cause instanceof JacksonException e) {
            return Problem.INVALID_REQUEST.explained("The body is not valid JSON" + place(e.getLocation()) + ".");
        }
        return Problem.INVALID_REQUEST.explained("The request has no body that can be read.");
    }

    static Stream<Throwable> causes(Throwable failure) {
        return Stream.iterate(failure, t -> t != null, Throwable::getCause);
    }

    private static ProblemDetail invalid(JacksonException e, String message) {
        return Problem.invalidFields(List.of(new FieldProblem(path(e), message)));
    }

    /** {@code items[0].quantity}. */
    private static String path(JacksonException e) {
        StringBuilder path = new StringBuilder();
        for (JacksonException.Reference step : e.getPath()) {
            if (step.getPropertyName() == null) {
                path.append('[').append(step.getIndex()).append(']');
            } else {
                path.append(path.isEmpty() ? "" : ".").append(step.getPropertyName());
            }
        }
        return path.toString();
    }

    private static String place(@Nullable TokenStreamLocation location) {
        return location == null || location.getLineNr() < 1
                ? ""
                : " (line " + location.getLineNr() + ", column " + location.getColumnNr() + ")";
    }
}
