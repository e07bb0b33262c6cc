package io.orderflow.console.services;

/**
 * A group of a topic on the broker.
 *
 * @param messages its backlog
 */
public record Group(String topic, String group, long messages, boolean hasMembers) {}
