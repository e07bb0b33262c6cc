package io.orderflow.messaging.runtime;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The state of a member of a group.
 *
 * @param name of its thread
 * @param alive whether its thread runs
 * @param restarts how often its loop was restarted after an unexpected error
 * @param lastSign when it last returned from a poll or finished a message; null before the first time
 * @param problem why it does not handle messages, as the end of a sentence that begins with its name; null if it does
 */
public record MemberState(
        String name,
        boolean alive,
        int restarts,
        @Nullable Instant lastSign,
        @Nullable String problem) {}
