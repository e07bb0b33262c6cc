package io.orderflow.systemtests.chaos.client;

/**
 * A message that was read from a topic.
 *
 * @param key empty if it has none
 * @param id its CloudEvents id, empty if it has none
 * @param type its CloudEvents type, empty if it has none
 * @param raw the client's own object
 */
public record ObservedMessage(String topic, String key, String id, String type, byte[] body, Object raw) {}
