package io.orderflow.messaging.operations;

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

/** Describes why a JSON body cannot be read. */
final class JsonErrors {

    private JsonErrors() {}

    static ProblemDetail problem(Exception failure) {
        Throwable cause = Stream.<Throwable>iterate(failure, each -> each != null, Throwable::getCause)
                .filter(JacksonException.class::isInstance)
                .findFirst()
                .orElse(failure);
        if (cause instanceof PropertyBindingException e) {
            return invalid(e, "is not a field of this request");
        }
        if (cause instanceof MismatchedInputException e) {
            return invalid(e, ExpectedType.mustBe(e.getTargetType()));
        }
        if (cause instanceof InputCoercionException e) {
            return invalid(e, ExpectedType.mustBe(e.getTargetType()) + " within its range");
        }
        if (cause instanceof StreamConstraintsException) {
            return RequestErrors.problem(
                    "The JSON is nested too deeply, or contains a number or name that is too long.");
        }
        if (cause instanceof JacksonException e) {
            return RequestErrors.problem("The body is not valid JSON" + position(e.getLocation()) + ".");
        }
        return RequestErrors.problem("The request has no readable body.");
    }

    private static ProblemDetail invalid(JacksonException e, String message) {
        return RequestErrors.problem(List.of(new RequestErrors.InvalidField(path(e), message)));
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

    private static String position(@Nullable TokenStreamLocation location) {
        return location == null || location.getLineNr() < 1
                ? ""
                : " (line " + location.getLineNr() + ", column " + location.getColumnNr() + ")";
    }
}
