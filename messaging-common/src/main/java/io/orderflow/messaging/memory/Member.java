package io.orderflow.messaging.memory;

import io.orderflow.messaging.ConsumerOptions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** What the store knows of a member of a group. Guarded by the store's lock. */
final class Member {

    final String group;
    final List<String> topics;
    final ConsumerOptions options;

    /** Polled and not committed. */
    final List<StoredMessage> held = new ArrayList<>();

    /** When it loses its place, unless it is heard of before; far away while it polls. */
    Instant silentUntil = Instant.MAX;

    /** Where the next poll begins, so that a busy topic does not starve the others. */
    private int turn;

    Member(String group, List<String> topics, ConsumerOptions options) {
        this.group = group;
        this.topics = topics;
        this.options = options;
    }

    boolean reads(String topic, String asGroup) {
        return group.equals(asGroup) && topics.contains(topic);
    }

    /** Its topics, beginning with another one each time. */
    List<String> topicsInTurn() {
        List<String> inTurn = new ArrayList<>(topics);
        Collections.rotate(inTurn, -(turn++ % topics.size()));
        return inTurn;
    }
}
