package io.orderflow.messaging.testkit.service;

import tools.jackson.databind.JsonNode;

/**
 * An HTTP response of a service.
 *
 * @param status the HTTP status
 * @param json the body
 */
public record Reply(int status, JsonNode json) {}
