package io.orderflow.messaging.handling;

import io.orderflow.messaging.Delivery;
import java.util.List;

/** Handles a poll as a whole: if it throws, nothing of it has been done. */
@FunctionalInterface
public interface AtomicBatch {

    /** Returns the result of each message, in the order given. */
    List<HandlerResult> handle(List<Delivery<String, byte[]>> deliveries) throws Exception;
}
