package io.orderflow.messaging.testkit.service;

import tools.jackson.databind.JsonNode;

/**
 * What a service answered.
 *
 * @param status of HTTP
 * @param type the content type; empty if none was stated
 * @param json the body
 */
public record Reply(int status, String type, JsonNode json) {}
