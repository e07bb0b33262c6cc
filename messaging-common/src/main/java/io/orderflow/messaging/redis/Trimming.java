package io.orderflow.messaging.redis;

import io.lettuce.core.RedisCommandExecutionException;
import io.orderflow.messaging.MessagingException;
import io.orderflow.messaging.Topic;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Deletes what every group of a topic has acknowledged, so that the server's memory does not fill up. A topic that nobody
 * reads, or that one group has not read yet, keeps everything.
 */
final class Trimming implements Runnable {

    private static final int ENTRIES_A_STEP = 10_000;
    private static final Duration BETWEEN_TRIMS = Duration.ofSeconds(2);
    private static final Duration BETWEEN_STEPS = Duration.ofMillis(10);
    private static final Logger LOG = LoggerFactory.getLogger(Trimming.class);

    private final Link control;
    private final ScheduledExecutorService scheduler;
    private final Map<String, List<String>> streams = new ConcurrentHashMap<>();
    private boolean refused;

    Trimming(Link control, ScheduledExecutorService scheduler) {
        this.control = control;
        this.scheduler = scheduler;
    }

    void add(Topic topic) {
        streams.put(topic.name(), Streams.of(topic));
    }

    void start() {
        again(BETWEEN_TRIMS);
    }

    /** One step of each topic. Leases are renewed on the same thread, and served by the server, between two of them. */
    @Override
    public void run() {
        Duration pause = BETWEEN_TRIMS;
        try {
            for (Map.Entry<String, List<String>> topic : streams.entrySet()) {
                if (trim(topic.getKey(), topic.getValue())) {
                    pause = BETWEEN_STEPS;
                }
            }
            if (refused) {
                refused = false;
                LOG.info("Redis deletes acknowledged messages again.");
            }
        } catch (RuntimeException e) {
            report(e);
        } finally {
            again(pause);
        }
    }

    private boolean trim(String topic, List<String> ofTopic) {
        long deleted = control.<Long>ask(
                "Deleting acknowledged messages of topic " + topic,
                c -> Script.TRIM.run(c, ofTopic, List.of(Integer.toString(ENTRIES_A_STEP))));
        return deleted >= ENTRIES_A_STEP;
    }

    /** A server that is unavailable is reported by those who send and read. */
    private void report(RuntimeException e) {
        boolean unavailable =
                e instanceof MessagingException && !(e.getCause() instanceof RedisCommandExecutionException);
        if (!refused && !unavailable) {
            refused = true;
            LOG.warn(
                    "{} Redis needs more and more memory until that succeeds; it is tried again every {} s.",
                    e.getMessage(),
                    BETWEEN_TRIMS.toSeconds());
        }
    }

    private void again(Duration pause) {
        if (!scheduler.isShutdown()) {
            scheduler.schedule(this, pause.toMillis(), TimeUnit.MILLISECONDS);
        }
    }
}
