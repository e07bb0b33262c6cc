package io.orderflow.messaging.redis;

import io.orderflow.messaging.MessagingException;
import java.util.Collection;
import java.util.List;
import java.util.Set;
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
    private final Set<String> topics = ConcurrentHashMap.newKeySet();

    Trimming(Link control) {
        this.control = control;
    }

    void add(Collection<String> more) {
        topics.addAll(more);
    }

    @Override
    public void run() {
        try {
            topics.forEach(this::trim);
        } catch (MessagingException e) {
            LOG.debug("Nothing was trimmed: {}", e.getMessage());
        }
    }

    /** In steps, between which the server serves others. Nobody waits for it. */
    private void trim(String topic) {
        Script.TRIM
                .<Long>run(control.connection(), List.of(topic), Integer.toString(ENTRIES_A_STEP))
                .thenAccept(deleted -> {
                    if (deleted >= ENTRIES_A_STEP) {
                        trim(topic);
                    }
                });
    }
}
