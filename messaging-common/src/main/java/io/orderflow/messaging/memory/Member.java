package io.orderflow.messaging.memory;

import io.orderflow.messaging.ConsumerOptions;
import io.orderflow.messaging.Topic;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** What the store knows of a member of a group. Guarded by the store's lock. */
final class Member {

    final String group;
    final List<Topic> topics;
    final ConsumerOptions options;

    /** Polled and not committed. */
    final List<StoredMessage> held = new ArrayList<>();

    /** When it loses its place, unless it is heard of before; far away while it polls. */
    Instant silentUntil = Instant.MAX;

    /** Where the next poll begins, so that a busy topic does not starve the others. */
    private int turn;

    Member(String group, List<Topic> topics, ConsumerOptions options) {
        this.group = group;
        this.topics = topics;
        this.options = options;
    }

    boolean reads(String topic, String asGroup) {
        return group.equals(asGroup)
                && topics.stream().anyMatch(each -> each.name().equals(topic));
    }

    /** Its topics, beginning with another one each time. */
    List<Topic> topicsInTurn() {
        List<Topic> inTurn = new ArrayList<>(topics);
        Collections.rotate(inTurn, -(turn++ % topics.size()));
        return inTurn;
    }
}
