package io.orderflow.messaging.rabbit;

import io.orderflow.messaging.Headers;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** That the broker itself dead-lettered a message, in the words in which this library tells of its own dead letters. */
record RabbitDeath(String exchange, String queue, String reason) {

    /** How the name of a partition's queue ends, after the group's. */
    private static final Pattern PARTITION = Pattern.compile("\\.\\d+$");

    static Optional<RabbitDeath> of(Map<String, Object> table) {
        Object exchange = table.get("x-first-death-exchange");
        Object queue = table.get("x-first-death-queue");
        Object reason = table.get("x-first-death-reason");
        return exchange == null || queue == null || reason == null
                ? Optional.empty()
                : Optional.of(new RabbitDeath(exchange.toString(), queue.toString(), reason.toString()));
    }

    Map<String, String> describe() {
        String said = "RabbitMQ dead-lettered it from queue '" + queue + "': " + reason;
        return queue.startsWith(exchange + ".")
                ? Map.of(
                        Headers.DEAD_LETTER_REASON,
                        said,
                        Headers.ORIGIN_TOPIC,
                        exchange,
                        Headers.ORIGIN_GROUP,
                        PARTITION
                                .matcher(queue.substring(exchange.length() + 1))
                                .replaceFirst(""))
                : Map.of(Headers.DEAD_LETTER_REASON, said);
    }
}
