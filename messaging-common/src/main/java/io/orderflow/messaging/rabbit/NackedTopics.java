package io.orderflow.messaging.rabbit;

import io.orderflow.messaging.Message;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The topics with a queue that recently refused a message (nack). A queue that has reached the {@code max-length} of a policy
 * refuses some messages of a batch and accepts later ones as soon as a consumer reads, which would reorder a key. Batches to
 * such a topic are therefore published in steps, at most one message per key in each. Thread-safe.
 */
final class NackedTopics {

    /** How long after a nack a topic is published to in steps. */
    static final Duration REMEMBERED = Duration.ofMinutes(10);

    private final InstantSource clock;
    private final Map<String, Long> nackedAt = new ConcurrentHashMap<>();

    NackedTopics(InstantSource clock) {
        this.clock = clock;
    }

    void add(String topic) {
        nackedAt.put(topic, clock.millis());
    }

    /** The batch in parts, each to be confirmed before the next one is published: one part, unless the topic nacked recently. */
    List<List<Message<String, byte[]>>> steps(String topic, List<Message<String, byte[]>> batch) {
        Long at = nackedAt.get(topic);
        if (at == null) {
            return List.of(batch);
        }
        if (clock.millis() - at > REMEMBERED.toMillis()) {
            nackedAt.remove(topic, at);
            return List.of(batch);
        }
        List<List<Message<String, byte[]>>> steps = new ArrayList<>();
        Map<String, Integer> earlier = new HashMap<>();
        for (Message<String, byte[]> message : batch) {
            int step = message.key() == null ? 0 : earlier.merge(message.key(), 1, Integer::sum) - 1;
            if (step == steps.size()) {
                steps.add(new ArrayList<>());
            }
            steps.get(step).add(message);
        }
        return steps;
    }
}
