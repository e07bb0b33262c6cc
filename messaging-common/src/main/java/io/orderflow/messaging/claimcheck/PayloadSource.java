package io.orderflow.messaging.claimcheck;

import io.orderflow.messaging.Message;

/** Gets the payload of a message that carries a reference ({@link io.orderflow.messaging.Headers#DATA_REF}). Thread-safe. */
@FunctionalInterface
public interface PayloadSource {

    /**
     * Returns the payload.
     *
     * @throws NoPayloadException if there is none, or its sender is not known; a retry does not help
     * @throws io.orderflow.messaging.MessagingException if the sender cannot be reached or does not answer; a retry may help
     */
    byte[] fetch(Message<String, byte[]> message) throws InterruptedException;
}
