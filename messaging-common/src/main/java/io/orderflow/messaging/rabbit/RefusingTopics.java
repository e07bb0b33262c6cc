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
 * The topics of which a queue has refused messages lately, and in which steps messages are sent to them. A queue that is as
 * long as the operator's policy allows refuses some messages of a batch and takes later ones, as soon as somebody reads from
 * it; of one key, that would be another order. So from then on a message waits until the one before it, of the same key, is
 * confirmed. Other topics are sent to without such a wait. Safe for many threads.
 */
final class RefusingTopics {

    /** A queue that was full is likely to be full again; one without a leader is not. */
    static final Duration REMEMBERED = Duration.ofMinutes(10);

    private final InstantSource clock;
    private final Map<String, Long> refusedAt = new ConcurrentHashMap<>();

    RefusingTopics(InstantSource clock) {
        this.clock = clock;
    }

    void refused(String topic) {
        refusedAt.put(topic, clock.millis());
    }

    /** What may be in flight at the same time, one step after the other. */
    List<List<Message<String, byte[]>>> steps(String topic, List<Message<String, byte[]>> messages) {
        Long at = refusedAt.get(topic);
        if (at == null) {
            return List.of(messages);
        }
        if (clock.millis() - at > REMEMBERED.toMillis()) {
            refusedAt.remove(topic, at);
            return List.of(messages);
        }
        List<List<Message<String, byte[]>>> steps = new ArrayList<>();
        Map<String, Integer> earlier = new HashMap<>();
        for (Message<String, byte[]> message : messages) {
            int step = message.key() == null ? 0 : earlier.merge(message.key(), 1, Integer::sum) - 1;
            if (step == steps.size()) {
                steps.add(new ArrayList<>());
            }
            steps.get(step).add(message);
        }
        return steps;
    }
}
