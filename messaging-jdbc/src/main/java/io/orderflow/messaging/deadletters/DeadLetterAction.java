package io.orderflow.messaging.deadletters;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * An action on a dead letter.
 *
 * @param at when, by the database's clock
 * @param who the operator; the group for what happened by itself
 * @param action redriven, discarded, or failed again
 * @param job the job that did it; null for a single action
 */
public record DeadLetterAction(
        Instant at, String who, String action, @Nullable UUID job) {}
