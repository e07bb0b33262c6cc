package io.orderflow.systemtests;

import io.orderflow.messaging.Topic;
import java.util.List;

/** The topics of the services. */
final class ServiceTopics {

    private ServiceTopics() {}

    /** Those that are published, in the order of their publishers. */
    static List<String> all() {
        return ServiceDescription.all().stream()
                .flatMap(each -> each.registry().published().stream())
                .flatMap(each -> each.topics().stream().sorted())
                .distinct()
                .toList();
    }

    /** Who gets the messages of a topic, as the services that name it configure it. */
    static Topic.Kind kind(String topic) {
        return ServiceDescription.all().stream()
                .map(each -> each.registry().topics().topic(topic).kind())
                .filter(kind -> kind != Topic.Kind.KEYED)
                .findFirst()
                .orElse(Topic.Kind.KEYED);
    }
}
