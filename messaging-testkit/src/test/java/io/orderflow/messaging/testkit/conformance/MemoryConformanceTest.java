package io.orderflow.messaging.testkit.conformance;

import io.orderflow.messaging.MessageBroker;
import io.orderflow.messaging.memory.MemoryBroker;
import io.orderflow.messaging.testkit.BrokerConformance;

class MemoryConformanceTest extends BrokerConformance {

    private static final MemoryBroker BROKER = new MemoryBroker();

    @Override
    protected MessageBroker connect() {
        return BROKER;
    }
}
