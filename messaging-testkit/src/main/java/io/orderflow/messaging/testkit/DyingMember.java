package io.orderflow.messaging.testkit;

import io.orderflow.messaging.ConsumerOptions;
import io.orderflow.messaging.MessageConsumer;
import java.time.Duration;
import java.util.Map;

/**
 * A member of a group that dies without a goodbye. Where other processes can reach the broker it is a process of its own
 * that is killed; elsewhere a member of this process that falls silent.
 */
interface DyingMember extends AutoCloseable {

    /** Returns once it has so many messages, has committed none of them, and is dead. */
    void pollAndDie(int messages);

    @Override
    void close();

    static DyingMember of(Scenario s, String group, Duration memberTimeout) {
        ConsumerOptions options =
                ConsumerOptions.defaults().withMemberTimeout(memberTimeout).withPollHandling(memberTimeout);
        TestServer server = s.serverIfAny();
        Map<String, String> environment = server == null ? Map.of() : server.environment();
        return environment.isEmpty()
                ? new Silent(s, s.member(group, options, s.topic()))
                : MemberProcess.start(s, group, options, environment);
    }

    /** Never polled again. */
    record Silent(Scenario scenario, MessageConsumer<String, byte[]> member) implements DyingMember {

        @Override
        public void pollAndDie(int messages) {
            scenario.receive(member, messages);
        }

        @Override
        public void close() {}
    }
}
