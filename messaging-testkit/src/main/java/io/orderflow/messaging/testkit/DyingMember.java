package io.orderflow.messaging.testkit;

import io.orderflow.messaging.ConsumerOptions;
import io.orderflow.messaging.MessageConsumer;
import io.orderflow.messaging.MessagingException;
import io.orderflow.servers.TestServer;
import java.time.Duration;
import java.util.Map;

/**
 * A member of a group that dies without a goodbye, or seems to. Where other processes can reach the broker it is a process of its own
 * that is killed; elsewhere a member of this process that falls silent.
 */
interface DyingMember extends AutoCloseable {

    /** Returns once it has so many messages, has committed none of them, and is dead. */
    void pollAndDie(int messages);

    /** Returns once it has so many messages, has committed none of them, and stands still. */
    void pollAndFreeze(int messages);

    /** Lets it go on after {@link #pollAndFreeze}: it commits what it has, as if nothing had been. Returns once it has tried. */
    void wakeAndCommit();

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
        public void pollAndFreeze(int messages) {
            scenario.receive(member, messages);
        }

        @Override
        public void wakeAndCommit() {
            try {
                member.commit();
            } catch (MessagingException refused) {
                // so it should be
            }
        }

        @Override
        public void close() {}
    }
}
