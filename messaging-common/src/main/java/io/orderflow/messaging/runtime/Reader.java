package io.orderflow.messaging.runtime;

import io.orderflow.messaging.handling.BatchHandler;
import io.orderflow.messaging.handling.Subscription;

/**
 * What is read by the same loop as any subscription, but without its policies.
 *
 * @param subscription who reads what
 * @param handler does all there is to do about a poll; if it throws, the poll comes again
 */
public record Reader(Subscription subscription, BatchHandler handler) {}
