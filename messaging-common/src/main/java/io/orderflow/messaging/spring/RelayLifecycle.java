package io.orderflow.messaging.spring;

import io.orderflow.messaging.outbox.OutboxRelay;
import org.springframework.context.SmartLifecycle;

/** Starts the relay before the consumers and stops it after them, so that what they wrote last still goes out. */
final class RelayLifecycle implements SmartLifecycle {

    /** Before the web server begins to take requests, after it has ended. */
    private static final int PHASE = DEFAULT_PHASE - 8192;

    private final OutboxRelay relay;

    RelayLifecycle(OutboxRelay relay) {
        this.relay = relay;
    }

    @Override
    public void start() {
        relay.start();
    }

    @Override
    public void stop() {
        relay.close();
    }

    @Override
    public boolean isRunning() {
        return relay.isRunning();
    }

    @Override
    public int getPhase() {
        return PHASE;
    }
}
