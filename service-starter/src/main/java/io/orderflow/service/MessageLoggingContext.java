package io.orderflow.service;

import io.orderflow.messaging.Headers;
import io.orderflow.messaging.Message;
import io.orderflow.messaging.handling.HandlerMiddleware;
import io.orderflow.messaging.handling.MessageHandler;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.slf4j.MDC;
import org.slf4j.MDC.MDCCloseable;

/** Adds the message to the MDC while it is handled, so that structured logs name it in every line of a handler. */
final class MessageLoggingContext implements HandlerMiddleware {

    @Override
    public MessageHandler around(MessageHandler next) {
        return delivery -> {
            Message<String, byte[]> message = delivery.message();
            try (MDCCloseable topic = put("messageTopic", delivery.topic());
                    MDCCloseable id = put("messageId", message.header(Headers.ID));
                    MDCCloseable key = put("messageKey", message.key())) {
                return next.handle(delivery);
            }
        };
    }

    private static MDCCloseable put(String name, @Nullable String value) {
        return MDC.putCloseable(name, Objects.toString(value, ""));
    }
}
