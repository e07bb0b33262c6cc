package io.orderflow.messaging;

/**
 * What waits for a group of a topic.
 *
 * @param messages sent and not committed yet; an estimate while messages come and go
 * @param hasMembers whether somebody reads for the group at the moment
 */
public record GroupBacklog(String group, long messages, boolean hasMembers) {}
