package io.orderflow.messaging.rabbit;

import io.orderflow.messaging.adapter.PartitionOwners;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The members that one member knows from their heartbeats, and the partitions that it therefore has to yield. Of a partition's
 * consumers RabbitMQ activates the one that subscribed first. So that this is the owner's, every other member subscribes again
 * after the owner has. Thread-safe.
 */
final class GroupView {

    /** After this time without a heartbeat, a member counts as gone. */
    static final Duration MEMBER_TIMEOUT = Duration.ofSeconds(6);

    private final String self;
    private final int partitions;
    private final InstantSource clock;
    private final Map<String, Received> others = new HashMap<>();
    private final Map<Integer, Long> subscriptions = new HashMap<>();
    private final Map<Integer, Predecessor> predecessors = new HashMap<>();
    private long lastSubscription;

    private record Received(Heartbeat heartbeat, Instant at) {}

    /** A subscription of a partition's owner, behind which a member has subscribed or has to. */
    record Predecessor(String owner, long subscription) {}

    GroupView(String self, int partitions, InstantSource clock) {
        this.self = self;
        this.partitions = partitions;
        this.clock = clock;
    }

    /** This member has subscribed to a partition, known to be behind this subscription of its owner. */
    synchronized void subscribed(int partition, @Nullable Predecessor predecessor) {
        subscriptions.put(partition, ++lastSubscription);
        if (predecessor == null) {
            predecessors.remove(partition);
        } else {
            predecessors.put(partition, predecessor);
        }
    }

    /** Returns whether the sender was unknown, and so may not know this member either. */
    synchronized boolean receive(Heartbeat heartbeat) {
        if (heartbeat.member().equals(self)) {
            return false;
        }
        if (heartbeat.leaving()) {
            others.remove(heartbeat.member());
            return false;
        }
        return others.put(heartbeat.member(), new Received(heartbeat, clock.instant())) == null;
    }

    synchronized Heartbeat heartbeat() {
        return new Heartbeat(self, false, subscriptions);
    }

    synchronized Heartbeat lastHeartbeat() {
        return new Heartbeat(self, true, Map.of());
    }

    /** The partitions to subscribe to again, as this member's consumer may be ahead of the owner's. */
    synchronized Map<Integer, Predecessor> partitionsToYield() {
        Instant oldest = clock.instant().minus(MEMBER_TIMEOUT);
        others.values().removeIf(received -> received.at().isBefore(oldest));
        List<String> members = new ArrayList<>(others.keySet());
        members.add(self);
        List<String> owners = PartitionOwners.of(members, partitions);
        Map<Integer, Predecessor> yields = new HashMap<>();
        subscriptions.keySet().forEach(partition -> {
            Received owner = others.get(owners.get(partition));
            Long subscription =
                    owner == null ? null : owner.heartbeat().subscriptions().get(partition);
            if (subscription != null) {
                Predecessor predecessor = new Predecessor(owner.heartbeat().member(), subscription);
                if (!predecessor.equals(predecessors.get(partition))) {
                    yields.put(partition, predecessor);
                }
            }
        });
        return yields;
    }
}
