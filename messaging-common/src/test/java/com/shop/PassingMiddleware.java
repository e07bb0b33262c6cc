package com.shop;

import io.orderflow.messaging.handling.HandlerMiddleware;
import io.orderflow.messaging.handling.MessageHandler;

/** A middleware of an application, outside the library's packages. */
public final class PassingMiddleware implements HandlerMiddleware {

    @Override
    public MessageHandler around(MessageHandler next) {
        return next;
    }
}
