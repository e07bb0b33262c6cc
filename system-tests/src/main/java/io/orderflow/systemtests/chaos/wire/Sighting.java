package io.orderflow.systemtests.chaos.wire;

/**
 * A message as it was read from a topic.
 *
 * @param key empty if it has none
 * @param id its CloudEvents id, empty if it has none
 * @param type its CloudEvents type, empty if it has none
 * @param raw what the broker's own client made of it
 */
public record Sighting(String topic, String key, String id, String type, byte[] body, Object raw) {}
