package io.orderflow.systemtests;

import io.orderflow.messaging.MessageFilter;
import io.orderflow.messaging.events.EventSubscription;
import io.orderflow.messaging.handling.Subscription;
import io.orderflow.messaging.request.ReplyingHandler;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.stream.Collectors;

/** The services and their topics as a Mermaid diagram: rounded, a topic; double, a work queue; a circle, broadcasts. */
final class TopicDiagram {

    private TopicDiagram() {}

    static String ofAllServices() {
        Set<String> lines = new LinkedHashSet<>();
        lines.add("flowchart LR");
        ServiceDescription.all().forEach(each -> lines.add("    " + id(each.name()) + "[" + each.name() + "]"));
        ServiceTopics.all().forEach(topic -> lines.add("    " + topic(topic)));
        for (ServiceDescription service : ServiceDescription.all()) {
            service.registry().published().stream()
                    .flatMap(type -> type.topics().stream().sorted())
                    .forEach(topic -> lines.add("    " + id(service.name()) + " --> t_" + id(topic)));
        }
        for (ServiceDescription service : ServiceDescription.all()) {
            service.registry().consumed().forEach(each -> reader(lines, service, each));
        }
        return "\n```mermaid\n" + String.join("\n", lines) + "\n```\n\n";
    }

    private static String topic(String name) {
        String node = "t_" + id(name);
        return switch (ServiceTopics.kind(name)) {
            case KEYED -> node + "([" + name + "])";
            case WORK_QUEUE -> node + "[[" + name + "]]";
            case BROADCAST -> node + "((" + name + "))";
        };
    }

    private static void reader(Set<String> lines, ServiceDescription service, EventSubscription reads) {
        Subscription subscription = reads.subscription();
        MessageFilter filter = subscription.options().filter();
        String label = filter.isNone() ? "" : "|" + filter + "|";
        lines.add("    t_" + id(subscription.topic()) + " -->" + label + " " + id(service.name()));
        String reply = replies(reads);
        if (!reply.isEmpty()) {
            ServiceDescription.all().stream()
                    .filter(each -> each.publishes(subscription.topic()))
                    .forEach(
                            each -> lines.add("    " + id(service.name()) + " -.->|" + reply + "| " + id(each.name())));
        }
    }

    /** The types that a subscription replies with; empty if none. */
    static String replies(EventSubscription reads) {
        return reads.handled().values().stream()
                .filter(each -> each.handler() instanceof ReplyingHandler<?, ?>)
                .map(each -> ((ReplyingHandler<?, ?>) each.handler()).replyType())
                .collect(Collectors.joining(", "));
    }

    private static String id(String name) {
        return name.replaceAll("[^A-Za-z0-9]", "_");
    }
}
