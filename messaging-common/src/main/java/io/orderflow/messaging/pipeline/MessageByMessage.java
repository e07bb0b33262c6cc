package io.orderflow.messaging.pipeline;

import io.orderflow.messaging.Delivery;
import io.orderflow.messaging.handling.BatchHandler;
import io.orderflow.messaging.handling.MessageHandler;
import io.orderflow.messaging.handling.StopCheck;
import java.util.List;

/** Handles the messages of a poll one after the other. */
record MessageByMessage(MessageHandler handler, StopCheck stop) implements BatchHandler {

    @Override
    public void handle(List<Delivery<String, byte[]>> deliveries) throws Exception {
        for (Delivery<String, byte[]> delivery : deliveries) {
            stop.throwIfOverdue();
            handler.handle(delivery);
        }
    }
}
