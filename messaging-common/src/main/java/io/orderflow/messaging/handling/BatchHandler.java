package io.orderflow.messaging.handling;

import io.orderflow.messaging.Delivery;
import java.util.List;

/** Handles the messages of one poll. If it returns, the poll may be committed; if it throws, the poll must not be. */
@FunctionalInterface
public interface BatchHandler {

    void handle(List<Delivery<String, byte[]>> deliveries) throws Exception;
}
