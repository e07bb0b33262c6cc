package io.orderflow.messaging.supervision;

import java.time.Instant;

/**
 * The current row of failures of a loop.
 *
 * @param since when the first of them occurred
 * @param last when the last of them occurred
 * @param count how many rounds have failed in a row
 * @param cause of the last one
 */
public record LoopFailure(Instant since, Instant last, int count, Throwable cause) {}
