package io.orderflow.messaging.handling;

import io.orderflow.messaging.Delivery;

/** Does something about one message. Returning means done; throwing means not done. */
@FunctionalInterface
public interface MessageHandler {

    HandlerResult handle(Delivery<String, byte[]> delivery) throws Exception;
}
