package io.orderflow.messaging.runtime;

import io.orderflow.messaging.Delivery;
import io.orderflow.messaging.handling.MessageHandler;
import java.util.List;

/** One message after the other, each in a transaction of its own if the handler has one around it. */
record MessageByMessage(MessageHandler handler, StopSignal stop) implements PollHandler {

    @Override
    public void handle(List<Delivery<String, byte[]>> deliveries) throws Exception {
        for (Delivery<String, byte[]> delivery : deliveries) {
            stop.throwIfOverdue();
            handler.handle(delivery);
        }
    }
}
