package io.orderflow.messaging.redis;

import io.orderflow.messaging.MessagingException;
import io.orderflow.messaging.StartPosition;
import io.orderflow.messaging.Topic;
import java.util.ArrayList;
import java.util.List;

/**
 * How many partitions each topic has is recorded in Redis: a producer and a consumer that disagreed would break the order,
 * or miss messages.
 */
final class Topics {

    private static final String RECORDS = "messaging:topic:";
    private static final String WORK_QUEUE = "work queue";

    private final Link control;

    Topics(Link control) {
        this.control = control;
    }

    /** @throws MessagingException if it is recorded with another number of partitions, or as another kind of topic */
    void declare(Topic topic, String... groups) {
        declare(topic, StartPosition.EARLIEST, groups);
    }

    /** The same, with the place where groups begin that are new. */
    void declare(Topic topic, StartPosition start, String... groups) {
        String recorded = record(topic, start, groups);
        if (!recorded.equals(kind(topic))) {
            throw new MessagingException(
                    "Topic '" + topic.name() + "' is there with " + inWords(recorded) + ", and was declared with "
                            + inWords(kind(topic))
                            + ". That cannot be changed while it has messages. Set messaging.topics." + topic.name()
                            + " as it was; or, once every group has read everything, stop the services and delete the key "
                            + RECORDS + topic.name() + ".",
                    null);
        }
    }

    private String record(Topic topic, StartPosition start, String... groups) {
        List<String> keys = new ArrayList<>(Streams.of(topic));
        keys.add(0, RECORDS + topic.name());
        List<String> arguments = new ArrayList<>(List.of(groups));
        arguments.add(0, start == StartPosition.EARLIEST ? "0" : "$");
        arguments.add(0, kind(topic));
        return control.run(
                "Declaring topic " + topic.name() + (groups.length == 0 ? "" : " for " + String.join(", ", groups)),
                Script.DECLARE,
                keys,
                arguments);
    }

    private static String kind(Topic topic) {
        return topic.competing() ? WORK_QUEUE : Integer.toString(topic.partitions());
    }

    private static String inWords(String kind) {
        return kind.equals(WORK_QUEUE) ? "no partitions, as a work queue" : kind + " partitions";
    }
}
