package io.orderflow.messaging;

import java.util.List;

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

    /** The backlog of a group in several queues. Messages in flight count if they do so in each queue that has members. */
    public static GroupBacklog total(String group, List<GroupBacklog> queues) {
        return new GroupBacklog(
                group,
                queues.stream().mapToLong(GroupBacklog::messages).sum(),
                queues.stream().anyMatch(GroupBacklog::hasMembers),
                queues.stream().allMatch(each -> each.withInFlight || !each.hasMembers));
    }

    /** Whether everything sent so far is committed for certain. */
    public boolean isNone() {
        return messages == 0 && (withInFlight || !hasMembers);
    }
}
