package io.orderflow.systemtests.chaos;

import io.orderflow.localstack.DeadLetters;
import io.orderflow.localstack.LocalStack;
import io.orderflow.localstack.PortPlan;
import io.orderflow.localstack.Service;
import io.orderflow.localstack.ServiceProcess;
import io.orderflow.localstack.StackException;
import io.orderflow.localstack.StackOptions;
import io.orderflow.systemtests.chaos.checking.Invariants;
import io.orderflow.systemtests.chaos.checking.Observations;
import io.orderflow.systemtests.chaos.checking.Observations.Mail;
import io.orderflow.systemtests.chaos.checking.Report;
import io.orderflow.systemtests.chaos.checking.Verdict;
import io.orderflow.systemtests.chaos.client.ObservedMessage;
import io.orderflow.systemtests.chaos.client.Observer;
import io.orderflow.systemtests.chaos.client.PlainClient;
import java.io.IOException;
import java.io.PrintStream;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

/** Runs a scenario: starts the system, places orders and injects faults, waits until it is quiet, checks the invariants. */
public final class ChaosRun {

    private static final int INSTANCES = 2;
    private static final int FIRST_READING_PERCENT = 15;
    private static final int READINGS = 4;
    private static final long POLL_MILLIS = 100;
    private static final String SHIPPED = "order.shipped.v1";

    private final Scenario scenario;
    private final PrintStream out;
    private final Counts counts = new Counts();
    private final RequestLog requests = new RequestLog();
    private final LeakCheck leakCheck = new LeakCheck();
    private final Set<String> seenIds = ConcurrentHashMap.newKeySet();

    public ChaosRun(Scenario scenario, PrintStream out) {
        this.scenario = scenario;
        this.out = out;
    }

    /** Returns the result for each invariant, and prints a report. */
    public List<Verdict> run() throws IOException, InterruptedException {
        out.println(scenario.command());
        long started = System.nanoTime();
        StackOptions options = new StackOptions(
                        scenario.broker(), scenario.project(), scenario.folder(), false, PortPlan.free(), settings())
                .with(Service.ORDER, INSTANCES)
                .with(Service.INVENTORY, INSTANCES)
                .onBreakableNetwork();
        Observations seen;
        try (LocalStack stack = LocalStack.start(options)) {
            out.printf("  all UP after %d s%n", secondsSince(started));
            seen = observe(stack);
        }
        List<Verdict> verdicts = Invariants.check(seen);
        print(seen, verdicts);
        boolean held = verdicts.stream().allMatch(Verdict::held);
        out.printf("%nDuration: %d s. %s%n", secondsSince(started), held ? "All invariants held." : "Not all held.");
        if (scenario.breakage() != null) {
            out.println("The breakage " + scenario.breakage() + " was " + (held ? "NOT DETECTED." : "detected."));
        }
        if (!scenario.hasExpected(verdicts)) {
            out.println("Logs and data are in " + scenario.folder() + "; to run it again:");
            out.println("  " + scenario.command());
        }
        return verdicts;
    }

    private Observations observe(LocalStack stack) throws IOException, InterruptedException {
        Plan plan = Plan.of(scenario.seed(), scenario.orders(), scenario.faults());
        Databases databases = new Databases(stack);
        PlainClient.Factory clients = PlainClient.of(scenario.broker(), stack);
        RogueProducer rogue = new RogueProducer(clients, plan, counts);
        SystemUnderTest system = new SystemUnderTest(stack);
        Set<Integer> duplicates = Set.copyOf(plan.duplicates());
        try (Observer observer =
                new Observer(clients, Routes.watched(), message -> count(message, duplicates, rogue))) {
            rogue.start();
            work(plan, system, stack);
            rogue.finish();
            out.printf("  all requests and faults done: %s; %d messages were repeated%n", counts, rogue.repeated());
            ObservationCollector collector = new ObservationCollector(
                    requests, databases, new Mails(stack.mails()), observer, rogue, system, plan.mailFaults());
            Quiescence quiescence = new Quiescence(collector, out);
            out.printf("  quiet after %d s%n", quiescence.await(0).toSeconds());
            if (scenario.breakage() != null && !quiescence.allHeld()) {
                return collector.collect(0, leakCheck.readAgain(stack.services()));
            }
            if (!DeadLetters.run(stack, out, "redrive", "--all", "--go-on", "--rate", "100")) {
                throw new StackException("Not all dead letters were redriven.");
            }
            out.printf("  quiet after %d s%n", quiescence.await(1).toSeconds());
            return collector.collect(1, leakCheck.readAgain(stack.services()));
        }
    }

    private void work(Plan plan, SystemUnderTest system, LocalStack stack) throws InterruptedException {
        List<ServiceProcess> orderServices = stack.processes(Service.ORDER);
        OrderClient client = new OrderClient(
                orderServices.stream().map(ServiceProcess::address).toList(), counts);
        Buyers buyers = new Buyers(plan.purchases(), client, requests, counts);
        FaultInjector faults = new FaultInjector(plan.faults(), system, counts, buyers::areDone, out);
        buyers.start(scenario.seed(), faults::holdsClients);
        faults.start();
        for (int reading = 0; reading < READINGS; reading++) {
            int percent = FIRST_READING_PERCENT + reading * (100 - FIRST_READING_PERCENT) / READINGS;
            while (counts.accepted.get() < scenario.orders() * percent / 100 && !buyers.areDone()) {
                TimeUnit.MILLISECONDS.sleep(POLL_MILLIS);
            }
            leakCheck.readNew(stack.services());
        }
        buyers.join();
        faults.join();
        leakCheck.readNew(stack.services());
    }

    /** Called in the observer's thread. */
    private void count(ObservedMessage message, Set<Integer> duplicates, RogueProducer rogue) {
        if (RogueProducer.hasSent(message)
                || message.topic().endsWith(Routes.DEAD_LETTERS)
                || !seenIds.add(message.id())) {
            return;
        }
        if (message.type().equals(SHIPPED)) {
            counts.shipped.incrementAndGet();
        }
        if (duplicates.contains(counts.seen.incrementAndGet())) {
            rogue.repeat(message);
        }
    }

    private void print(Observations seen, List<Verdict> verdicts) {
        long mails = seen.mails().size();
        long different = seen.mails().stream().map(Mail::messageId).distinct().count();
        out.printf(
                "%n%d orders, %d events committed and %d messages observed, %d mails (%d of them duplicates), %d dead letters"
                        + " of %d poison messages, %d processes measured%n%n",
                seen.orders().size(),
                seen.committed().size(),
                seen.seen().size(),
                mails,
                mails - different,
                seen.deadLetters().size(),
                seen.harm().poison().size(),
                seen.vitals().size());
        out.println(Report.of(verdicts));
    }

    /** The carrier answers fast and fails sometimes, so that retries are part of the load. */
    private Map<String, String> settings() {
        Map<String, String> all = new HashMap<>(scenario.settings());
        all.put("SHIPPING_CARRIER_DELAY", "100ms");
        all.put("SHIPPING_CARRIER_FAILURE_RATE", "0.03");
        all.put("ORDERS_SHIPPINGREMINDER_AFTER", "2s"); // sent while a fault delays the shipment, cancelled otherwise
        return Map.copyOf(all);
    }

    private static long secondsSince(long started) {
        return Duration.ofNanos(System.nanoTime() - started).toSeconds();
    }
}
