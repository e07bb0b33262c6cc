package io.orderflow.messaging.testkit;

import static io.orderflow.messaging.testkit.Messages.textsOf;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.orderflow.servers.TestServer;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What holds for many messages of many senders while the broker's process comes and goes. */
interface LoadScenarios extends InScenario {

    int SENDERS = 8;
    int MESSAGES_EACH = 1_250;
    int BATCH = 25;

    @Test
    default void a_broker_killed_at_a_third_and_at_half_of_10000_messages_has_all_it_accepted() {
        Scenario s = scenario();
        TestServer server = s.serverToCrash();
        assumeTrue(s.traits().durable(), "messages are not promised to survive the broker");
        s.declare(s.group("g"));
        int all = SENDERS * MESSAGES_EACH;
        try (Senders senders = new Senders(s, s.producer(), SENDERS, MESSAGES_EACH, BATCH)) {
            senders.awaitAccepted(all / 3);
            s.crash(server);
            server.restart();
            senders.awaitAccepted(all / 2);
            s.crash(server);
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
