package io.orderflow.messaging.redis;

import io.orderflow.messaging.Topic;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Deletes what every group of a topic has acknowledged, so that the server's memory does not fill up. A topic that nobody
 * reads, or that one group has not read yet, keeps everything.
 */
final class Trimming implements Runnable {

    private static final int ENTRIES_A_STEP = 10_000;
    private static final Logger LOG = LoggerFactory.getLogger(Trimming.class);

    private final Link control;
    private final Map<String, List<String>> streams = new ConcurrentHashMap<>();

    Trimming(Link control) {
        this.control = control;
    }

    void add(Topic topic) {
        streams.put(topic.name(), Streams.of(topic));
    }

    @Override
    public void run() {
        try {
            streams.values().forEach(this::trim);
        } catch (RuntimeException e) { // a schedule ends with the first one that escapes
            LOG.debug("Nothing was trimmed: {}", e.getMessage());
        }
    }

    /** In steps, between which the server serves others. Nobody waits for it. */
    private void trim(List<String> ofTopic) {
        Script.TRIM
                .<Long>run(control.connection(), ofTopic, List.of(Integer.toString(ENTRIES_A_STEP)))
                .thenAccept(deleted -> {
                    if (deleted >= ENTRIES_A_STEP) {
                        trim(ofTopic);
                    }
                });
    }
}
