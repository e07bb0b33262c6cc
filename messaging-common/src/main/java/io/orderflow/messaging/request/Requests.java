package io.orderflow.messaging.request;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;

/**
 * Sends requests and receives their replies. Thread-safe. To have a bean of this type, set {@code
 * messaging.requests.enabled=true}.
 *
 * <p>A request is sent at once, and is not part of a transaction: if this process crashes, or no reply comes in time, the
 * request may have been carried out all the same. A request is answered at least once; the first reply counts. Replies come to
 * the instance that asked and are kept for none: in the first moment of an instance, and while it has no connection to the
 * broker, replies are missed and requests time out.
 */
public interface Requests {

    /**
     * Sends a request of a type that an {@link io.orderflow.messaging.events.EventType} bean names, and returns once the broker
     * has accepted it.
     *
     * @param reply the class of the reply, which is JSON
     * @param timeout how long to wait; the request carries the end of it, and is not begun later than that
     * @return completes with the reply; with a {@link RequestFailedException} if the responder reports a problem, with a {@link
     *     RequestTimeoutException} if no reply comes in time. Continuations without an executor of their own run on the
     *     thread that receives replies, and must not block
     * @throws io.orderflow.messaging.MessagingException if the request was not accepted, or may not have been
     * @throws IllegalArgumentException if no bean names the request's class
     */
    <R> CompletableFuture<R> send(Object request, Class<R> reply, Duration timeout);
}
