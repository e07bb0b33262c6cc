package io.orderflow.messaging.runtime;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What a member of a group is doing.
 *
 * @param name its thread's name
 * @param alive whether its thread runs
 * @param restarts how often its thread had died and was replaced
 * @param lastSign when it last came back from polling, or had handled a message; null before the first time
 * @param problem what keeps it from handling, as the end of a sentence about it; null while nothing does
 */
public record MemberState(
        String name,
        boolean alive,
        int restarts,
        @Nullable Instant lastSign,
        @Nullable String problem) {}
