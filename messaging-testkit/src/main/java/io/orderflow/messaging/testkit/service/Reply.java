package io.orderflow.messaging.testkit.service;

import tools.jackson.databind.JsonNode;

/**
 * An HTTP response of a service.
 *
 * @param status the HTTP status
 * @param type the content type; empty if none was stated
 * @param json the body
 */
public record Reply(int status, String type, JsonNode json) {}
