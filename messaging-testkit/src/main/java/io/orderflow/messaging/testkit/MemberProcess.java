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

/** A member of a group as a Java process of its own, which says how many messages it holds and commits when it is told. */
final class MemberProcess implements DyingMember {

    private static final String HOLDS = "holds ";
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
    public void pollAndDie(int messages) {
        awaitHeld(messages);
        close();
    }

    @Override
    public void pollAndFreeze(int messages) {
        awaitHeld(messages);
        signal("STOP");
    }

    @Override
    public void wakeAndCommit() {
        tell("commit");
        signal("CONT");
        awaitLine(line -> line.startsWith(TRIED), TRIED);
    }

    private void awaitHeld(int messages) {
        tell(Integer.toString(messages));
        awaitLine(
                line -> line.startsWith(HOLDS) && Integer.parseInt(line.substring(HOLDS.length())) >= messages,
                HOLDS + messages);
    }

    private void tell(String line) {
        try {
            process.outputWriter().append(line).append('\n').flush();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void awaitLine(Predicate<String> awaited, String what) {
        StringBuilder said = new StringBuilder();
        try {
            String line;
            while ((line = lines.readLine()) != null) {
                said.append(line).append('\n');
                if (awaited.test(line)) {
                    return;
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        assertThat(said.toString())
                .as("the member's process ended by itself, saying")
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
     * Arguments: the conformance test's class, group, topic, member time-out. Reads how many messages to hold, polls until
     * it has them, and stands still until it is told to commit them. Ends when nobody talks to it any more.
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
        BufferedReader told = new BufferedReader(new InputStreamReader(System.in));
        int wanted = Integer.parseInt(told.readLine());
        long end = System.nanoTime() + test.patience().toNanos();
        for (int held = 0; held < wanted && System.nanoTime() < end; ) {
            held += member.poll(Scenario.SHORT_POLL).size();
            System.out.println(HOLDS + held);
        }
        if (told.readLine() != null) {
            commit(member);
        }
        Runtime.getRuntime().halt(0);
    }

    private static void commit(MessageConsumer<String, byte[]> member) {
        try {
            member.commit();
            System.out.println(TRIED + ", and was not told that it was in vain");
        } catch (MessagingException refused) {
            System.out.println(TRIED + ": " + refused.getMessage());
        }
    }
}
