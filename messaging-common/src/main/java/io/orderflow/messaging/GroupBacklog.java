package io.orderflow.messaging;

/**
 * The backlog of a group of a topic.
 *
 * @param messages sent and not committed; an estimate while messages are sent and handled
 * @param hasMembers whether the group has a member at the moment
 */
public record GroupBacklog(String group, long messages, boolean hasMembers) {}
