package io.orderflow.systemtests;

import io.orderflow.messaging.Topic;
import io.orderflow.messaging.events.EventSubscription;
import io.orderflow.messaging.events.EventType;
import io.orderflow.messaging.handling.Subscription;
import io.orderflow.messaging.runtime.EventRegistry;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;

/** The AsyncAPI document of a service, from its registry of what it publishes and consumes. The same on every broker. */
final class AsyncApi {

    private final EventRegistry registry;
    private final EventSchemas schemas = new EventSchemas();
    private final Map<String, TreeSet<String>> messagesOfTopics = new TreeMap<>();
    private final Map<String, Object> operations = new TreeMap<>();

    private AsyncApi(EventRegistry registry) {
        this.registry = registry;
    }

    static Map<String, Object> of(EventRegistry registry) {
        return new AsyncApi(registry).document();
    }

    private Map<String, Object> document() {
        Map<String, TreeSet<String>> sent = new TreeMap<>();
        for (EventType<?> type : registry.published()) {
            type.topics()
                    .forEach(topic ->
                            sent.computeIfAbsent(topic, none -> new TreeSet<>()).add(type.name()));
        }
        sent.forEach((topic, types) -> operation("send." + topic, "send", topic, types, "Publishes to " + topic + "."));
        for (EventSubscription each : registry.consumed()) {
            Subscription subscription = each.subscription();
            String reader = subscription.broadcast() ? "Every instance" : "Group " + subscription.group();
            operation(
                    "receive." + subscription.topic() + "." + subscription.group(),
                    "receive",
                    subscription.topic(),
                    each.handled().keySet(),
                    reader + " handles messages of " + subscription.topic() + ".");
        }
        TreeSet<String> types = new TreeSet<>();
        messagesOfTopics.values().forEach(types::addAll);
        Map<String, Object> messages = new TreeMap<>();
        types.forEach(type -> messages.put(type, schemas.message(type)));
        return Map.of(
                "asyncapi",
                "3.0.0",
                "info",
                Map.of(
                        "title",
                        registry.application() + " events",
                        "version",
                        "1",
                        "description",
                        "CloudEvents 1.0 in the binary mode of each broker's binding. The name of a message is its type."),
                "defaultContentType",
                "application/json",
                "channels",
                channels(),
                "operations",
                operations,
                "components",
                Map.of("messages", messages, "schemas", schemas.all()));
    }

    private void operation(String name, String action, String topic, Collection<String> types, String summary) {
        messagesOfTopics.computeIfAbsent(topic, none -> new TreeSet<>()).addAll(types);
        List<Object> messages = new ArrayList<>();
        new TreeSet<>(types).forEach(type -> messages.add(reference("channels/" + topic + "/messages/" + type)));
        operations.put(
                name,
                Map.of(
                        "action",
                        action,
                        "channel",
                        reference("channels/" + topic),
                        "messages",
                        messages,
                        "summary",
                        summary));
    }

    private Map<String, Object> channels() {
        Map<String, Object> channels = new TreeMap<>();
        messagesOfTopics.forEach((topic, types) -> {
            Map<String, Object> messages = new TreeMap<>();
            types.forEach(type -> messages.put(type, reference("components/messages/" + type)));
            channels.put(
                    topic,
                    Map.of(
                            "address",
                            topic,
                            "description",
                            kind(registry.topics().topic(topic)),
                            "messages",
                            messages));
        });
        return channels;
    }

    private static String kind(Topic topic) {
        return switch (topic.kind()) {
            case KEYED -> "Each group gets every message, those with an equal key in their order.";
            case WORK_QUEUE -> "The members of a group compete for the messages.";
            case BROADCAST -> "Every running instance gets every message; none is kept.";
        };
    }

    private static Map<String, Object> reference(String path) {
        return Map.of("$ref", "#/" + path);
    }
}
