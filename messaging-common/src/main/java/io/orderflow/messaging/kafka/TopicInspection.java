package io.orderflow.messaging.kafka;

import io.orderflow.messaging.Topic;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.function.Supplier;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.common.errors.AuthorizationException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks at topics that are there already, and reports those that keep less than this library would have made them keep:
 * once for each topic and process. Nothing is changed, because moving replicas is an operator's decision.
 */
final class TopicInspection {

    private static final Logger log = LoggerFactory.getLogger(TopicInspection.class);

    private final Supplier<Admin> admin;
    private final Replication replication;
    private final Set<String> inspected = ConcurrentHashMap.newKeySet();

    TopicInspection(Supplier<Admin> admin, Replication replication) {
        this.admin = admin;
        this.replication = replication;
    }

    /** @param wanted as it would be created */
    void inspect(Topic wanted, TopicDescription there) throws ExecutionException, InterruptedException {
        String topic = there.name();
        if (inspected.contains(topic)) {
            return;
        }
        int replicas = there.partitions().stream()
                .mapToInt(each -> each.replicas().size())
                .min()
                .orElseThrow();
        int brokers = admin.get().describeCluster().nodes().get().size();
        Map<String, String> settings = settings(topic);
        String minInSync = settings.getOrDefault(TopicConfig.MIN_IN_SYNC_REPLICAS_CONFIG, String.valueOf(replicas));
        replication
                .weaknesses(topic, replicas, Integer.parseInt(minInSync), brokers)
                .forEach(log::warn);
        String retention = settings.get(TopicConfig.RETENTION_MS_CONFIG);
        if (retention != null && wanted.retention() != null) {
            reportOtherRetention(topic, Long.parseLong(retention), wanted.retention());
        }
        inspected.add(topic);
    }

    private static void reportOtherRetention(String topic, long millis, Duration wanted) {
        if (millis != wanted.toMillis()) {
            log.warn(
                    "Topic '{}' keeps messages for {} on Kafka, and messaging.dead-letters.retention would have it be {}. It is"
                            + " used as it is, because a shorter one could delete what nobody has collected; once all is"
                            + " collected, set the topic's retention.ms to {} and its segment.ms to a day at most.",
                    topic,
                    millis < 0 ? "ever" : Duration.ofMillis(millis),
                    wanted,
                    wanted.toMillis());
        }
    }

    /** None for somebody who may not read them: such a one may still use the topic. */
    private Map<String, String> settings(String topic) throws ExecutionException, InterruptedException {
        ConfigResource resource = new ConfigResource(ConfigResource.Type.TOPIC, topic);
        try {
            Config config =
                    admin.get().describeConfigs(Set.of(resource)).all().get().get(resource);
            Map<String, String> settings = new HashMap<>();
            config.entries().forEach(each -> settings.put(each.name(), each.value()));
            return settings;
        } catch (ExecutionException e) {
            if (e.getCause() instanceof AuthorizationException) {
                return Map.of();
            }
            throw e;
        }
    }
}
