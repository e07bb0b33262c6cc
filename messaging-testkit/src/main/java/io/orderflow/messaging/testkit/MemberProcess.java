package io.orderflow.messaging.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.orderflow.messaging.ConsumerOptions;
import io.orderflow.messaging.MessageConsumer;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** A member of a group as a Java process of its own, which says how many messages it holds and commits none. */
final class MemberProcess implements DyingMember {

    private static final String HOLDS = "holds ";

    private final Process process;

    private MemberProcess(Process process) {
        this.process = process;
    }

    static MemberProcess start(Scenario s, String group, ConsumerOptions options, Map<String, String> environment) {
        var command = new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx128m",
                "-cp",
                System.getProperty("java.class.path"),
                MemberProcess.class.getName(),
                s.test().getName(),
                group,
                s.topic(),
                options.memberTimeout().toString());
        command.environment().putAll(environment);
        command.redirectErrorStream(true);
        try {
            return new MemberProcess(command.start());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void pollAndDie(int messages) {
        StringBuilder said = new StringBuilder();
        try (BufferedReader lines = process.inputReader()) {
            String line;
            while ((line = lines.readLine()) != null) {
                said.append(line).append('\n');
                if (line.startsWith(HOLDS) && Integer.parseInt(line.substring(HOLDS.length())) >= messages) {
                    process.destroyForcibly().onExit().join();
                    return;
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        assertThat(said.toString())
                .as("the member's process ended by itself, saying")
                .contains(HOLDS + messages);
    }

    @Override
    public void close() {
        process.destroyForcibly().onExit().join();
    }

    /** Arguments: the conformance test's class, group, topic, member time-out. Ends by itself if nobody kills it. */
    public static void main(String[] args) throws ReflectiveOperationException {
        var constructor = Class.forName(args[0]).getDeclaredConstructor();
        constructor.setAccessible(true);
        var test = (BrokerConformance) constructor.newInstance();
        Duration memberTimeout = Duration.parse(args[3]);
        MessageConsumer<String, byte[]> member = test.connect()
                .consumer(
                        args[1],
                        ConsumerOptions.defaults()
                                .withMemberTimeout(memberTimeout)
                                .withPollHandling(memberTimeout));
        member.subscribe(List.of(args[2]));
        long end = System.nanoTime() + test.patience().toNanos();
        int held = 0;
        while (System.nanoTime() < end) {
            held += member.poll(Scenario.SHORT_POLL).size();
            System.out.println(HOLDS + held);
        }
        System.exit(1);
    }
}
