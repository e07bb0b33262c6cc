package io.orderflow.service.operations;

import io.orderflow.messaging.Message;
import io.orderflow.messaging.deadletters.DeadLetter;
import io.orderflow.messaging.deadletters.DeadLetterAction;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * All that is known of a dead letter.
 *
 * @param headers as they came, shortened if need be
 * @param sentAt the message's own time
 * @param history what was done about it
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
