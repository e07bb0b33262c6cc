package io.orderflow.messaging.rabbit;

import io.orderflow.messaging.Headers;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** A message that RabbitMQ itself dead-lettered, described by the headers of this library's own dead letters. */
record BrokerDeadLetter(String exchange, String queue, String reason) {

    private static final Pattern PARTITION_SUFFIX = Pattern.compile("\\.\\d+$");

    static Optional<BrokerDeadLetter> of(Map<String, Object> table) {
        Object exchange = table.get("x-first-death-exchange");
        Object queue = table.get("x-first-death-queue");
        Object reason = table.get("x-first-death-reason");
        return exchange == null || queue == null || reason == null
                ? Optional.empty()
                : Optional.of(new BrokerDeadLetter(exchange.toString(), queue.toString(), reason.toString()));
    }

    Map<String, String> headers() {
        String description = "RabbitMQ dead-lettered it from queue '" + queue + "': " + reason;
        if (!queue.startsWith(exchange + ".")) {
            return Map.of(Headers.DEAD_LETTER_REASON, description);
        }
        String group =
                PARTITION_SUFFIX.matcher(queue.substring(exchange.length() + 1)).replaceFirst("");
        return Map.of(
                Headers.DEAD_LETTER_REASON, description, Headers.ORIGIN_TOPIC, exchange, Headers.ORIGIN_GROUP, group);
    }
}
