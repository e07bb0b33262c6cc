package io.orderflow.messaging.request;

/**
 * Where replies to one instance go.
 *
 * @param topic a broadcast topic, which all instances of the application share
 * @param instance the address of this instance in it
 */
public record ReplyAddress(String topic, String instance) {}
