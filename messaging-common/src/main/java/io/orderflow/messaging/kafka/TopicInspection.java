package io.orderflow.messaging.kafka;

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

    void inspect(TopicDescription topic) throws ExecutionException, InterruptedException {
        if (inspected.contains(topic.name())) {
            return;
        }
        int replicas = topic.partitions().stream()
                .mapToInt(each -> each.replicas().size())
                .min()
                .orElseThrow();
        int brokers = admin.get().describeCluster().nodes().get().size();
        replication
                .weaknesses(topic.name(), replicas, minInSync(topic.name(), replicas), brokers)
                .forEach(log::warn);
        inspected.add(topic.name());
    }

    /** Who may not read a topic's settings may still use it. */
    private int minInSync(String topic, int ifHidden) throws ExecutionException, InterruptedException {
        ConfigResource resource = new ConfigResource(ConfigResource.Type.TOPIC, topic);
        try {
            Config config =
                    admin.get().describeConfigs(Set.of(resource)).all().get().get(resource);
            return Integer.parseInt(
                    config.get(TopicConfig.MIN_IN_SYNC_REPLICAS_CONFIG).value());
        } catch (ExecutionException e) {
            if (e.getCause() instanceof AuthorizationException) {
                return ifHidden;
            }
            throw e;
        }
    }
}
