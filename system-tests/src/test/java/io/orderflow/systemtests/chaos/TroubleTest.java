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

class TroubleTest {

    private final Counts counts = new Counts();
    private final Toy toy = new Toy();
    private final AtomicBoolean allHaveAsked = new AtomicBoolean();
    private final ByteArrayOutputStream told = new ByteArrayOutputStream();

    @Test
    void a_fault_strikes_at_its_count_of_orders_and_ends_after_its_count_of_requests() throws InterruptedException {
        Trouble trouble = trouble(new Strike(Fault.KILL_BROKER, 5, 10, 0));
        counts.requests.set(100);
        trouble.start();
        counts.accepted.set(4);
        assertThat(toy.happened).isEmpty();

        counts.accepted.set(5);
        await().until(() -> toy.happened.contains("strike kill-broker"));
        counts.requests.set(109);
        assertThat(toy.happened).containsExactly("strike kill-broker");

        counts.requests.set(110);
        await().until(() -> toy.happened.size() == 2);
        allHaveAsked.set(true);
        trouble.join();
        assertThat(toy.happened).containsExactly("strike kill-broker", "undo kill-broker");
    }

    @Test
    void two_faults_never_hit_one_target_at_a_time_and_none_overtakes_another() throws InterruptedException {
        Trouble trouble = trouble(
                new Strike(Fault.KILL_BROKER, 1, 10, 0),
                new Strike(Fault.FREEZE_BROKER, 2, 10, 0),
                new Strike(Fault.KILL_EMAIL, 3, 10, 0));
        counts.accepted.set(3);
        trouble.start();
        await().until(() -> toy.happened.contains("strike kill-broker"));

        counts.requests.set(10);
        await().until(() -> seeMore() && toy.happened.size() == 4);
        assertThat(toy.happened)
                .containsExactly("strike kill-broker", "undo kill-broker", "strike freeze-broker", "strike kill-email");
        counts.requests.set(20);
        allHaveAsked.set(true);
        trouble.join();
    }

    @Test
    void clients_wait_while_a_strike_that_is_long_due_waits_for_something_to_recover() throws InterruptedException {
        toy.up.set(false);
        Trouble trouble = trouble(new Strike(Fault.KILL_BROKER, 1, 10, 0), new Strike(Fault.FREEZE_BROKER, 2, 10, 0));
        counts.accepted.set(200);
        trouble.start();
        await().until(() -> toy.happened.contains("strike kill-broker"));
        assertThat(trouble.holdsClients())
                .as("its end is counted in what they ask for")
                .isFalse();

        counts.requests.set(10);
        await().until(trouble::holdsClients);

        toy.up.set(true);
        await().until(() -> seeMore() && toy.happened.contains("strike freeze-broker"));
        await().until(() -> !trouble.holdsClients());
        counts.requests.set(20);
        allHaveAsked.set(true);
        trouble.join();
    }

    @Test
    void what_has_come_up_is_at_work_for_a_while_before_it_is_broken_again() throws InterruptedException {
        Trouble trouble = trouble(new Strike(Fault.KILL_BROKER, 1, 10, 0), new Strike(Fault.FREEZE_BROKER, 2, 10, 0));
        counts.accepted.set(200);
        trouble.start();
        await().until(() -> toy.happened.contains("strike kill-broker"));
        counts.requests.set(10);
        await().until(() -> toy.looks.get() > 0);
        assertThat(trouble.holdsClients())
                .as("clients wait, though there is to be work for it")
                .isFalse();

        await().until(() -> seeMore() && toy.happened.contains("strike freeze-broker"));
        assertThat(toy.seenAtLastStrike).isGreaterThanOrEqualTo(30);
        allHaveAsked.set(true);
        trouble.join();
    }

    private boolean seeMore() {
        counts.seen.addAndGet(10);
        return true;
    }

    @Test
    void nothing_stays_broken_when_all_have_asked() throws InterruptedException {
        Trouble trouble = trouble(new Strike(Fault.KILL_BROKER, 1, 10, 0), new Strike(Fault.KILL_EMAIL, 1_000, 10, 0));
        counts.accepted.set(1);
        trouble.start();
        allHaveAsked.set(true);

        trouble.join();
        assertThat(toy.happened).contains("undo kill-broker", "undo kill-email").hasSize(4);
    }

    @Test
    void the_end_of_a_fault_is_told_with_the_counts_at_which_it_began() throws InterruptedException {
        Trouble trouble = trouble(new Strike(Fault.KILL_BROKER, 1, 10, 0));
        toy.undoing = () -> counts.requests.set(500);
        counts.accepted.set(1);
        trouble.start();
        await().until(() -> toy.happened.contains("strike kill-broker"));

        counts.requests.set(10);
        await().until(() -> toy.happened.size() == 2);
        allHaveAsked.set(true);
        trouble.join();
        assertThat(told.toString(UTF_8))
                .contains("end of  kill-broker")
                .contains("at request 10 (10 requests, 1 orders accepted")
                .doesNotContain("500");
    }

    private Trouble trouble(Strike... strikes) {
        return new Trouble(List.of(strikes), toy, counts, allHaveAsked::get, new PrintStream(told, true, UTF_8));
    }

    /** Notes what is done to it. */
    private final class Toy implements Breakable {
        final List<String> happened = new CopyOnWriteArrayList<>();
        final AtomicBoolean up = new AtomicBoolean(true);
        volatile int seenAtLastStrike;
        final AtomicInteger looks = new AtomicInteger();
        volatile Runnable undoing = () -> {};

        @Override
        public Set<String> targets(Strike strike) {
            String name = strike.fault().toString();
            return Set.of(name.substring(name.indexOf('-') + 1));
        }

        @Override
        public void strike(Strike strike) {
            seenAtLastStrike = counts.seen.get();
            happened.add("strike " + strike.fault());
        }

        @Override
        public void undo(Strike strike) {
            undoing.run();
            happened.add("undo " + strike.fault());
        }

        @Override
        public boolean areUp(Set<String> targets) {
            looks.incrementAndGet();
            return up.get();
        }
    }
}
