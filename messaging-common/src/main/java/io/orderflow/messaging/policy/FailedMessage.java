package io.orderflow.messaging.policy;

import io.orderflow.messaging.Delivery;
import io.orderflow.messaging.Headers;
import io.orderflow.messaging.Message;
import io.orderflow.messaging.handling.Subscription;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** How a message that failed goes on its way: the bytes unchanged, the story in headers of bounded size. */
final class FailedMessage {

    /** RabbitMQ keeps all headers in one frame of 128 KiB, and people read them. */
    private static final int MAX_TEXT = 1_000;

    private static final List<String> FORGEABLE = List.of(Headers.ATTEMPTS, Headers.FIRST_FAILURE);

    private FailedMessage() {}

    /** The delivery as the handler sees it: with the number of failed attempts that is believed, and no other. */
    static Delivery<String, byte[]> marked(Delivery<String, byte[]> delivery, Attempts attempts) {
        Message<String, byte[]> message = delivery.message();
        if (attempts.failed() == 0) {
            return FORGEABLE.stream().noneMatch(message.headers()::containsKey)
                    ? delivery
                    : with(delivery, message.withoutHeaders(FORGEABLE));
        }
        return with(delivery, message.withHeader(Headers.ATTEMPTS, Integer.toString(attempts.failed())));
    }

    private static Delivery<String, byte[]> with(Delivery<String, byte[]> delivery, Message<String, byte[]> message) {
        return new Delivery<>(delivery.topic(), message, delivery.position());
    }

    static Message<String, byte[]> retry(
            Delivery<String, byte[]> delivery, String id, Attempts attempts, Subscription subscription) {
        return delivery.message().withHeaders(story(delivery, id, attempts, subscription));
    }

    static Message<String, byte[]> deadLetter(
            Delivery<String, byte[]> delivery,
            String id,
            Attempts attempts,
            Subscription subscription,
            String reason,
            Throwable failure,
            Instant now) {
        Map<String, String> headers = story(delivery, id, attempts, subscription);
        headers.put(Headers.ORIGIN_POSITION, clamped(delivery.position()));
        headers.put(Headers.DEAD_LETTER_REASON, clamped(reason));
        headers.put(Headers.DEAD_LETTER_CAUSE, describe(failure));
        headers.put(Headers.DEAD_LETTERED_AT, now.toString());
        headers.put(Headers.DEAD_LETTER_PLACE, clamped(FailurePlace.of(failure)));
        return delivery.message().withHeaders(headers);
    }

    private static Map<String, String> story(
            Delivery<String, byte[]> delivery, String id, Attempts attempts, Subscription subscription) {
        Map<String, String> headers = new LinkedHashMap<>();
        String stated = delivery.message().header(Headers.ID);
        if (stated == null
                || stated.isBlank()) { // then it is identified by its position, among others, which it leaves now
            headers.put(Headers.ID, id);
        }
        headers.put(Headers.ATTEMPTS, Integer.toString(attempts.failed()));
        if (attempts.firstFailure() != null) {
            headers.put(Headers.FIRST_FAILURE, attempts.firstFailure().toString());
        }
        headers.put(Headers.ORIGIN_TOPIC, subscription.topic());
        headers.put(Headers.ORIGIN_GROUP, subscription.group());
        return headers;
    }

    /** The message, as a log names it. */
    static String name(Delivery<String, byte[]> delivery) {
        @Nullable String id = delivery.message().header(Headers.ID);
        @Nullable String type = delivery.message().header(Headers.TYPE);
        return (type == null ? "message" : clamped(type)) + (id == null ? "" : " " + clamped(id)) + " at "
                + delivery.position();
    }

    /** An exception in a line: the outermost, and the root where it is another. */
    static String describe(Throwable failure) {
        Throwable root = Causes.root(failure);
        String outermost = oneLine(failure);
        return clamped(root == failure ? outermost : outermost + " <- " + oneLine(root));
    }

    private static String oneLine(Throwable failure) {
        String message = failure.getMessage();
        String type = failure.getClass().getName();
        return message == null ? type : type + ": " + message;
    }

    /** Of bounded length and on one line: what a foreign producer wrote must not forge a line of a log. */
    private static String clamped(String text) {
        String line = text.replaceAll("[\\p{Cntrl}\\s]+", " ");
        return line.length() <= MAX_TEXT ? line : line.substring(0, MAX_TEXT - 1) + "…";
    }
}
