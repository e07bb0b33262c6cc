package io.orderflow.order.usecases;

/**
 * What a client was answered, as it can be said again.
 *
 * @param status the HTTP status
 * @param location where what was made is found
 * @param body JSON
 */
public record Answer(int status, String location, String body) {}
