package io.orderflow.messaging.operations;

import io.orderflow.messaging.Message;
import io.orderflow.messaging.deadletters.DeadLetter;
import io.orderflow.messaging.deadletters.DeadLetterAction;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * A dead letter with its content and history.
 *
 * @param headers of the failed message; long values are truncated
 * @param sentAt the timestamp of the message
 * @param history the decisions about it and their results
 */
record DeadLetterDetails(
        DeadLetter letter,
        Map<String, String> headers,
        Payload payload,
        Instant sentAt,
        List<DeadLetterAction> history) {

    private static final int MAX_HEADER = 2_000;

    static DeadLetterDetails of(DeadLetter letter, Message<String, byte[]> message, List<DeadLetterAction> history) {
        Map<String, String> headers = new TreeMap<>();
        message.headers().forEach((name, value) -> headers.put(name, Payload.wellFormed(value, MAX_HEADER)));
        return new DeadLetterDetails(letter, headers, Payload.of(message.value()), message.timestamp(), history);
    }
}
