package io.orderflow.messaging.testkit;

import static io.orderflow.messaging.testkit.Messages.textsOf;
import static org.assertj.core.api.Assertions.assertThat;

import io.orderflow.servers.TestServer;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.ResourceLock;

/** Guarantees for many messages of many senders while the broker crashes and restarts. */
interface LoadScenarios extends InScenario {

    int SENDERS = 8;
    int MESSAGES_EACH = 1_250;
    int BATCH = 25;

    @Test
    @ResourceLock(BrokerConformance.SERVER)
    default void a_broker_killed_twice_during_10000_messages_loses_no_accepted_message() {
        Scenario s = scenarioWithGroup();
        TestServer server = s.faults().durableServer();
        int all = SENDERS * MESSAGES_EACH;
        try (SenderThreads senders = new SenderThreads(s, s.producer(), SENDERS, MESSAGES_EACH, BATCH)) {
            senders.awaitAccepted(all / 3);
            s.faults().crash(server);
            server.restart();
            senders.awaitAccepted(all / 2);
            s.faults().crash(server);
            server.restart();
            senders.awaitAll();

            assertThat(senders.accepted()).hasSize(all);
            Reader reader = s.reader(s.group("g"), 500);
            reader.stepUntil(
                    () -> reader.received().size() >= all
                            && Set.copyOf(textsOf(reader.received())).containsAll(senders.accepted()),
                    s.patience().multipliedBy(2));
        }
    }
}
