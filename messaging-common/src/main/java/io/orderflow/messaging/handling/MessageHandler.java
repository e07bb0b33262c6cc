package io.orderflow.messaging.handling;

import io.orderflow.messaging.Delivery;

/** Handles one message. If it throws, the message is not handled. */
@FunctionalInterface
public interface MessageHandler {

    HandlerResult handle(Delivery<String, byte[]> delivery) throws Exception;
}
