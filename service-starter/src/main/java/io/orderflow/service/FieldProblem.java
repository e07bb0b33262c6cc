package io.orderflow.service;

/**
 * An invalid field of a request.
 *
 * @param field its path, {@code items[0].quantity}; empty for the request as a whole
 * @param message what it must be
 */
public record FieldProblem(String field, String message) {}
