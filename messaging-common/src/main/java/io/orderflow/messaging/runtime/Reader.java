package io.orderflow.messaging.runtime;

import io.orderflow.messaging.handling.BatchHandler;
import io.orderflow.messaging.handling.Subscription;

/**
 * A subscription of the library itself: read by the same loop, without policies.
 *
 * @param subscription the topic and its group
 * @param handler handles a poll; if it throws, the poll is delivered again
 */
public record Reader(Subscription subscription, BatchHandler handler) {}
