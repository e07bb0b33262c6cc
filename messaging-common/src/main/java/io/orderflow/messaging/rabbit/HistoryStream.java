package io.orderflow.messaging.rabbit;

import com.rabbitmq.client.Channel;
import io.orderflow.messaging.Topic;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;

/** The stream that keeps the messages of a topic with a retention, bound to the topic exchange. An existing one keeps its retention. */
final class HistoryStream {

    private HistoryStream() {}

    /** No topic, group or exchange has a name with a colon. */
    static String name(Topic topic) {
        return topic.name() + ":history";
    }

    static void declare(Channel channel, Topic topic) throws IOException {
        Map<String, Object> arguments = new HashMap<>(Map.of("x-queue-type", "stream"));
        arguments.put("x-max-age", Objects.requireNonNull(topic.retention()).toSeconds() + "s");
        if (topic.retentionBytes() > 0) {
            arguments.put("x-max-length-bytes", topic.retentionBytes());
        }
        channel.queueDeclare(name(topic), true, false, false, arguments);
        channel.queueBind(name(topic), topic.name(), "#");
    }
}
