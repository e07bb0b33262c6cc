package io.orderflow.messaging.runtime;

import io.orderflow.messaging.ordering.BlockedKeys;
import java.util.HashSet;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sees to it that nothing stays parked because a subscription does not keep order any more, here or in a version that was
 * rolled back to: its messages are handled. What belongs to no subscription of this application is reported, once.
 *
 * <p>Run it now and then: an instance that still keeps order may park more.
 */
public final class ParkedRemains implements Runnable {

    private static final Logger log = LoggerFactory.getLogger(ParkedRemains.class);

    private final BlockedKeys keys;
    private final Consumers consumers;
    private final Set<BlockedKeys.Reader> reported = new HashSet<>();

    public ParkedRemains(BlockedKeys keys, Consumers consumers) {
        this.keys = keys;
        this.consumers = consumers;
    }

    @Override
    public void run() {
        for (BlockedKeys.Reader each : keys.readers()) {
            if (!consumers.handleParked(each.group(), each.topic()) && reported.add(each)) {
                log.warn(
                        "Messages of {} are parked in this database, and this application has no such subscription: nothing"
                                + " handles them here. Start an application that has it, or give this one the"
                                + " subscription back, until messaging.order.keys is 0.",
                        each);
            }
        }
    }
}
