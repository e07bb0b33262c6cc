package io.orderflow.messaging.policy;

import io.orderflow.messaging.Delivery;
import io.orderflow.messaging.Headers;
import io.orderflow.messaging.Message;
import io.orderflow.messaging.handling.Subscription;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A failed message as it is sent on: its bytes unchanged, the failure in headers of bounded size. */
final class FailedMessage {

    /** RabbitMQ keeps all headers in one frame of 128 KiB. */
    private static final int MAX_TEXT = 1_000;

    private static final List<String> FORGEABLE = List.of(Headers.ATTEMPTS, Headers.FIRST_FAILURE);

    private FailedMessage() {}

    /** The delivery as the handler sees it: with the number of failed attempts, and no forged one. */
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
        return new Delivery<>(delivery.topic(), message, delivery.position(), delivery.stablePosition());
    }

    static Message<String, byte[]> retry(
            Delivery<String, byte[]> delivery, String id, Attempts attempts, Subscription subscription) {
        return delivery.message()
                .withoutHeaders(FORGEABLE)
                .withHeaders(failureHeaders(delivery, id, attempts, subscription));
    }

    static Message<String, byte[]> deadLetter(
            Delivery<String, byte[]> delivery,
            String id,
            FailedAttempt failed,
            Subscription subscription,
            String reason) {
        Map<String, String> headers = failureHeaders(delivery, id, failed.attempts(), subscription);
        headers.put(Headers.ORIGIN_POSITION, clamped(delivery.position()));
        headers.put(Headers.DEAD_LETTER_REASON, clamped(reason));
        headers.put(Headers.DEAD_LETTER_CAUSE, describe(failed.failure()));
        headers.put(Headers.DEAD_LETTERED_AT, failed.time().toString());
        headers.put(Headers.DEAD_LETTER_PLACE, clamped(FailurePlace.of(failed.failure())));
        return delivery.message().withHeaders(headers);
    }

    private static Map<String, String> failureHeaders(
            Delivery<String, byte[]> delivery, String id, Attempts attempts, Subscription subscription) {
        Map<String, String> headers = new LinkedHashMap<>();
        String stated = delivery.message().header(Headers.ID);
        if (stated == null || stated.isBlank()) { // it was identified by its position, which changes now
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

    /** The message in a log line. */
    static String name(Delivery<String, byte[]> delivery) {
        @Nullable String id = delivery.message().header(Headers.ID);
        @Nullable String type = delivery.message().header(Headers.TYPE);
        return (type == null ? "message" : clamped(type)) + (id == null ? "" : " " + clamped(id)) + " at "
                + delivery.position();
    }

    /** An exception in one line: the outermost one, and its root cause. */
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

    /** Bounded and on one line: text of a foreign producer must not forge a log line. */
    private static String clamped(String text) {
        String line = text.replaceAll("[\\p{Cntrl}\\s]+", " ");
        return line.length() <= MAX_TEXT ? line : line.substring(0, MAX_TEXT - 1) + "…";
    }
}
