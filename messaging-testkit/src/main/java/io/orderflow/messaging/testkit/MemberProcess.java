package io.orderflow.messaging.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.orderflow.messaging.ConsumerOptions;
import io.orderflow.messaging.MessageConsumer;
import io.orderflow.messaging.MessagingException;
import io.orderflow.messaging.Topic;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/** A member of a group as a Java process of its own. It prints how many messages it has polled, and commits on request. */
final class MemberProcess implements KilledMember {

    private static final String POLLED = "polled ";
    private static final String TRIED = "tried to commit";

    private final Process process;
    private final BufferedReader lines;

    private MemberProcess(Process process) {
        this.process = process;
        this.lines = process.inputReader();
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
                s.topic().name(),
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
    public void pollAndKill(int messages) {
        awaitPolled(messages);
        close();
    }

    @Override
    public void pollAndSuspend(int messages) {
        awaitPolled(messages);
        signal("STOP");
    }

    @Override
    public void resumeAndCommit() {
        write("commit");
        signal("CONT");
        awaitLine(line -> line.startsWith(TRIED), TRIED);
    }

    private void awaitPolled(int messages) {
        write(Integer.toString(messages));
        awaitLine(
                line -> line.startsWith(POLLED) && Integer.parseInt(line.substring(POLLED.length())) >= messages,
                POLLED + messages);
    }

    private void write(String line) {
        try {
            process.outputWriter().append(line).append('\n').flush();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void awaitLine(Predicate<String> awaited, String what) {
        StringBuilder output = new StringBuilder();
        try {
            String line;
            while ((line = lines.readLine()) != null) {
                output.append(line).append('\n');
                if (awaited.test(line)) {
                    return;
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        assertThat(output.toString())
                .as("output of the member's process, which ended by itself")
                .contains(what);
    }

    private void signal(String name) {
        try {
            new ProcessBuilder("kill", "-" + name, Long.toString(process.pid()))
                    .start()
                    .waitFor();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        process.destroyForcibly().onExit().join();
    }

    /**
     * Arguments: the conformance test's class, group, topic, member time-out. Reads from its input how many messages to poll,
     * polls them, and commits at the next line. Ends at the end of its input.
     */
    public static void main(String[] args) throws ReflectiveOperationException, IOException {
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
        member.subscribe(List.of(Topic.named(args[2])));
        BufferedReader input = new BufferedReader(new InputStreamReader(System.in));
        int wanted = Integer.parseInt(input.readLine());
        long end = System.nanoTime() + test.patience().toNanos();
        for (int polled = 0; polled < wanted && System.nanoTime() < end; ) {
            polled += member.poll(Scenario.SHORT_POLL).size();
            System.out.println(POLLED + polled);
        }
        if (input.readLine() != null) {
            commit(member);
        }
        Runtime.getRuntime().halt(0);
    }

    private static void commit(MessageConsumer<String, byte[]> member) {
        try {
            member.commit();
            System.out.println(TRIED + " without an error");
        } catch (MessagingException refused) {
            System.out.println(TRIED + ": " + refused.getMessage());
        }
    }
}
