package io.orderflow.console.services;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A dead letter with its content, and the decisions about it, the oldest first. */
public record DeadLetterDetails(
        DeadLetter letter, Map<String, String> headers, Payload payload, Instant sentAt, List<Action> history) {

    /** The payload as text or base64; {@code content} is null if there is none, or the beginning if it is truncated. */
    public record Payload(
            int size, String encoding, @Nullable String content, boolean truncated) {}

    /** What was done, by whom. */
    public record Action(Instant at, String who, String action) {}
}
