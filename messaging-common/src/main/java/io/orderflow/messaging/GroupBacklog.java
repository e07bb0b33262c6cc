package io.orderflow.messaging;

/**
 * The backlog of a group of a topic.
 *
 * @param messages sent and not committed; an estimate while messages are sent and handled
 * @param hasMembers whether the group has a member at the moment
 * @param withInFlight whether messages that were delivered to members and are not committed count
 */
public record GroupBacklog(String group, long messages, boolean hasMembers, boolean withInFlight) {

    /** With those in flight. */
    public GroupBacklog(String group, long messages, boolean hasMembers) {
        this(group, messages, hasMembers, true);
    }

    /** Whether everything sent so far is committed for certain. */
    public boolean isNone() {
        return messages == 0 && (withInFlight || !hasMembers);
    }
}
