package io.orderflow.analytics.streams;

import java.time.Duration;
import java.util.Collection;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.locks.LockSupport;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.KafkaException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.kafka.config.StreamsBuilderFactoryBean;
import org.springframework.kafka.core.KafkaAdmin;

/**
 * Starts the topology once the topics that it reads exist, in the background: Kafka Streams fails without them. The
 * subscriptions create them as soon as Kafka is available.
 */
final class TopologyStart implements SmartLifecycle {

    private static final Logger log = LoggerFactory.getLogger(TopologyStart.class);
    private static final Duration PAUSE = Duration.ofMillis(200);

    private final StreamsBuilderFactoryBean topology;
    private final KafkaAdmin kafka;
    private final Collection<String> sources;
    private @Nullable Thread waiting;

    TopologyStart(StreamsBuilderFactoryBean topology, KafkaAdmin kafka, Collection<String> sources) {
        this.topology = topology;
        this.kafka = kafka;
        this.sources = sources;
    }

    @Override
    public synchronized void start() {
        waiting = new Thread(this::startWhenPossible, "topology-start");
        waiting.start();
    }

    private void startWhenPossible() {
        try (Admin admin = Admin.create(kafka.getConfigurationProperties())) {
            while (!Thread.currentThread().isInterrupted()) {
                if (exist(admin)) {
                    topology.start();
                    return;
                }
                LockSupport.parkNanos(PAUSE.toNanos());
            }
        }
    }

    private boolean exist(Admin admin) {
        try {
            return admin.listTopics().names().get().containsAll(sources);
        } catch (ExecutionException | KafkaException e) {
            log.debug("Kafka does not list its topics; the topology is not started yet: {}", e.toString());
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    /** Spring stops the topology itself. */
    @Override
    public synchronized void stop() {
        if (waiting != null) {
            waiting.interrupt();
            waiting = null;
        }
    }

    @Override
    public synchronized boolean isRunning() {
        return waiting != null;
    }
}
