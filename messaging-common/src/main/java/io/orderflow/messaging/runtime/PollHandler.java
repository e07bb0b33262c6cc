package io.orderflow.messaging.runtime;

import io.orderflow.messaging.Delivery;
import java.util.List;

/** Does all there is to do about one poll. Returning means that it may be committed; throwing, that it must not be. */
@FunctionalInterface
public interface PollHandler {

    void handle(List<Delivery<String, byte[]>> deliveries) throws Exception;
}
