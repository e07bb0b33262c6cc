package io.orderflow.messaging.testkit;

import io.orderflow.messaging.ConsumerOptions;
import io.orderflow.messaging.MessageConsumer;
import io.orderflow.messaging.MessagingException;
import java.time.Duration;
import java.util.Map;

/**
 * A member of a group that is killed or suspended without leaving the group. It is a process of its own where other processes can
 * reach the broker, and otherwise a member of this process that is no longer used.
 */
interface KilledMember extends AutoCloseable {

    /** Returns once it has polled so many messages, has committed none of them, and is killed. */
    void pollAndKill(int messages);

    /** Returns once it has polled so many messages, has committed none of them, and is suspended. */
    void pollAndSuspend(int messages);

    /** Resumes it after {@link #pollAndSuspend}, and lets it commit. Returns once it has tried. */
    void resumeAndCommit();

    @Override
    void close();

    static KilledMember of(Scenario s, String group, Duration memberTimeout) {
        ConsumerOptions options =
                ConsumerOptions.defaults().withMemberTimeout(memberTimeout).withPollHandling(memberTimeout);
        Map<String, String> environment = s.faults().environment();
        return environment.isEmpty()
                ? new InThisProcess(s, s.member(group, options, s.topic()))
                : MemberProcess.start(s, group, options, environment);
    }

    /** Never used again. */
    record InThisProcess(Scenario scenario, MessageConsumer<String, byte[]> member) implements KilledMember {

        @Override
        public void pollAndKill(int messages) {
            scenario.receive(member, messages);
        }

        @Override
        public void pollAndSuspend(int messages) {
            scenario.receive(member, messages);
        }

        @Override
        public void resumeAndCommit() {
            try {
                member.commit();
            } catch (MessagingException refused) {
                // as expected
            }
        }

        @Override
        public void close() {}
    }
}
