package io.orderflow.messaging.testkit;

import java.util.Comparator;
import org.junit.jupiter.api.MethodDescriptor;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.MethodOrdererContext;
import org.junit.jupiter.api.parallel.ResourceLock;

/**
 * First the scenarios that run alone, because each of them waits for all that are running; then those that lock the network,
 * which take longest.
 */
final class ScenarioOrder implements MethodOrderer {

    @Override
    public void orderMethods(MethodOrdererContext context) {
        context.getMethodDescriptors().sort(Comparator.comparingInt(ScenarioOrder::rank));
    }

    private static int rank(MethodDescriptor scenario) {
        return scenario.findAnnotation(ResourceLock.class)
                .map(lock -> lock.value().equals(BrokerConformance.SERVER) ? 0 : 1)
                .orElse(2);
    }
}
