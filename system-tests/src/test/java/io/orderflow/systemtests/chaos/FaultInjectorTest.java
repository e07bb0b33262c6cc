package io.orderflow.systemtests.chaos;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class FaultInjectorTest {

    private final Counts counts = new Counts();
    private final RecordingSystem system = new RecordingSystem();
    private final AtomicBoolean clientsDone = new AtomicBoolean();
    private final ByteArrayOutputStream printed = new ByteArrayOutputStream();

    @Test
    void a_fault_begins_at_its_count_of_orders_and_ends_after_its_count_of_requests() throws InterruptedException {
        FaultInjector injector = injector(new PlannedFault(Fault.KILL_BROKER, 5, 10, 0));
        counts.requests.set(100);
        injector.start();
        counts.accepted.set(4);
        assertThat(system.recorded).isEmpty();

        counts.accepted.set(5);
        await().until(() -> system.recorded.contains("begin kill-broker"));
        counts.requests.set(109);
        assertThat(system.recorded).containsExactly("begin kill-broker");

        counts.requests.set(110);
        await().until(() -> system.recorded.size() == 2);
        clientsDone.set(true);
        injector.join();
        assertThat(system.recorded).containsExactly("begin kill-broker", "end kill-broker");
    }

    @Test
    void faults_of_one_target_never_overlap_and_the_order_is_kept() throws InterruptedException {
        FaultInjector injector = injector(
                new PlannedFault(Fault.KILL_BROKER, 1, 10, 0),
                new PlannedFault(Fault.FREEZE_BROKER, 2, 10, 0),
                new PlannedFault(Fault.KILL_EMAIL, 3, 10, 0));
        counts.accepted.set(3);
        injector.start();
        await().until(() -> system.recorded.contains("begin kill-broker"));

        counts.requests.set(10);
        await().until(() -> seeMore() && system.recorded.size() == 4);
        assertThat(system.recorded)
                .containsExactly("begin kill-broker", "end kill-broker", "begin freeze-broker", "begin kill-email");
        counts.requests.set(20);
        clientsDone.set(true);
        injector.join();
    }

    @Test
    void clients_wait_while_an_overdue_fault_waits_for_a_recovery() throws InterruptedException {
        system.up.set(false);
        FaultInjector injector = injector(
                new PlannedFault(Fault.KILL_BROKER, 1, 10, 0), new PlannedFault(Fault.FREEZE_BROKER, 2, 10, 0));
        counts.accepted.set(200);
        injector.start();
        await().until(() -> system.recorded.contains("begin kill-broker"));
        assertThat(injector.holdsClients())
                .as("the end of the fault is counted in their requests")
                .isFalse();

        counts.requests.set(10);
        await().until(injector::holdsClients);

        system.up.set(true);
        await().until(() -> seeMore() && system.recorded.contains("begin freeze-broker"));
        await().until(() -> !injector.holdsClients());
        counts.requests.set(20);
        clientsDone.set(true);
        injector.join();
    }

    @Test
    void a_recovered_target_processes_messages_before_its_next_fault() throws InterruptedException {
        FaultInjector injector = injector(
                new PlannedFault(Fault.KILL_BROKER, 1, 10, 0), new PlannedFault(Fault.FREEZE_BROKER, 2, 10, 0));
        counts.accepted.set(200);
        injector.start();
        await().until(() -> system.recorded.contains("begin kill-broker"));
        counts.requests.set(10);
        await().until(() -> system.checks.get() > 0);
        assertThat(injector.holdsClients())
                .as("clients do not wait for the messages after the recovery")
                .isFalse();

        await().until(() -> seeMore() && system.recorded.contains("begin freeze-broker"));
        assertThat(system.seenAtLastFault).isGreaterThanOrEqualTo(30);
        clientsDone.set(true);
        injector.join();
    }

    private boolean seeMore() {
        counts.seen.addAndGet(10);
        return true;
    }

    @Test
    void all_faults_have_ended_when_clients_are_done() throws InterruptedException {
        FaultInjector injector = injector(
                new PlannedFault(Fault.KILL_BROKER, 1, 10, 0), new PlannedFault(Fault.KILL_EMAIL, 1_000, 10, 0));
        counts.accepted.set(1);
        injector.start();
        clientsDone.set(true);

        injector.join();
        assertThat(system.recorded)
                .contains("end kill-broker", "end kill-email")
                .hasSize(4);
    }

    @Test
    void the_end_of_a_fault_is_printed_with_the_counts_before_it() throws InterruptedException {
        FaultInjector injector = injector(new PlannedFault(Fault.KILL_BROKER, 1, 10, 0));
        system.onEnd = () -> counts.requests.set(500);
        counts.accepted.set(1);
        injector.start();
        await().until(() -> system.recorded.contains("begin kill-broker"));

        counts.requests.set(10);
        await().until(() -> system.recorded.size() == 2);
        clientsDone.set(true);
        injector.join();
        assertThat(printed.toString(UTF_8))
                .contains("end   kill-broker")
                .contains("at request 10 (10 requests, 1 orders accepted")
                .doesNotContain("500");
    }

    private FaultInjector injector(PlannedFault... faults) {
        return new FaultInjector(
                List.of(faults), system, counts, clientsDone::get, new PrintStream(printed, true, UTF_8));
    }

    /** Records the faults. */
    private final class RecordingSystem implements FaultTarget {
        final List<String> recorded = new CopyOnWriteArrayList<>();
        final AtomicBoolean up = new AtomicBoolean(true);
        volatile int seenAtLastFault;
        final AtomicInteger checks = new AtomicInteger();
        volatile Runnable onEnd = () -> {};

        @Override
        public Set<String> targets(PlannedFault fault) {
            String name = fault.fault().toString();
            return Set.of(name.substring(name.indexOf('-') + 1));
        }

        @Override
        public void inject(PlannedFault fault) {
            seenAtLastFault = counts.seen.get();
            recorded.add("begin " + fault.fault());
        }

        @Override
        public void end(PlannedFault fault) {
            onEnd.run();
            recorded.add("end " + fault.fault());
        }

        @Override
        public boolean areUp(Set<String> targets) {
            checks.incrementAndGet();
            return up.get();
        }
    }
}
