package io.orderflow.console.services;

import java.util.List;

/**
 * What the services answered to one question.
 *
 * @param items in the order of the services
 * @param unreachable why a service did not answer
 */
public record Answers<T>(List<Of<T>> items, List<String> unreachable) {

    /** Something of a service. */
    public record Of<T>(String service, T item) {}
}
