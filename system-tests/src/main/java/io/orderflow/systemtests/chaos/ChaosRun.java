package io.orderflow.systemtests.chaos;

import io.orderflow.localstack.LocalStack;
import io.orderflow.localstack.PortPlan;
import io.orderflow.localstack.Service;
import io.orderflow.localstack.ServiceProcess;
import io.orderflow.localstack.StackOptions;
import io.orderflow.systemtests.chaos.checking.Invariants;
import io.orderflow.systemtests.chaos.checking.Observations;
import io.orderflow.systemtests.chaos.checking.Observations.Mail;
import io.orderflow.systemtests.chaos.checking.Report;
import io.orderflow.systemtests.chaos.checking.Verdict;
import io.orderflow.systemtests.chaos.wire.Observer;
import io.orderflow.systemtests.chaos.wire.Sighting;
import io.orderflow.systemtests.chaos.wire.Wires;
import java.io.IOException;
import java.io.PrintStream;
import java.sql.SQLException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

/** One run of a scenario: starts the system, lets clients and trouble loose on it, waits for quiet, and judges. */
public final class ChaosRun {

    private static final int INSTANCES = 2;
    private static final int FIRST_VISIT_PERCENT = 15;
    private static final int VISITS = 4;
    private static final long BREATH_MILLIS = 100;
    private static final String SHIPPED = "order.shipped.v1";

    private final Scenario scenario;
    private final PrintStream out;
    private final Counts counts = new Counts();
    private final Ledger ledger = new Ledger();
    private final LeakCheck doctor = new LeakCheck();
    private final Set<String> known = ConcurrentHashMap.newKeySet();

    public ChaosRun(Scenario scenario, PrintStream out) {
        this.scenario = scenario;
        this.out = out;
    }

    /** Answers what held and what did not; tells it as well. */
    public List<Verdict> run() throws IOException, SQLException, InterruptedException {
        out.println(scenario.command());
        long begun = System.nanoTime();
        List<Verdict> verdicts;
        StackOptions options = new StackOptions(
                        scenario.broker(), scenario.project(), scenario.folder(), false, PortPlan.free(), settings())
                .with(Service.ORDER, INSTANCES)
                .with(Service.INVENTORY, INSTANCES)
                .onBreakableNetwork();
        try (LocalStack stack = LocalStack.start(options)) {
            out.printf("  all UP after %d s%n", secondsSince(begun));
            verdicts = judge(observe(stack));
        }
        out.printf("%nThat took %d s. ", secondsSince(begun));
        boolean held = verdicts.stream().allMatch(Verdict::held);
        out.println(held ? "All invariants held." : "Not all held.");
        String broken = scenario.build().broken();
        if (broken != null) {
            out.println("The services were broken on purpose (" + broken + "), which was "
                    + (held ? "NOT NOTICED." : "noticed."));
        }
        if (!scenario.build().isJudgedRightly(verdicts)) {
            out.println("Logs and data are in " + scenario.folder() + "; the same again:");
            out.println("  " + scenario.command());
        }
        return verdicts;
    }

    private Observations observe(LocalStack stack) throws IOException, SQLException, InterruptedException {
        Plan plan = Plan.of(scenario.seed(), scenario.orders(), scenario.faults());
        Databases databases = new Databases(stack);
        Wires wires = Wires.to(scenario.broker(), stack);
        RogueProducer vandal = new RogueProducer(wires, plan.poison(), plan.ghosts(), counts);
        Stage stage = new Stage(stack);
        Set<Integer> duplicates = Set.copyOf(plan.duplicates());
        try (Observer observer =
                new Observer(wires, Routes.watched(), sighting -> witness(sighting, duplicates, vandal))) {
            vandal.start();
            work(plan, stage, stack);
            vandal.finish();
            out.printf("  all asked for and broken: %s; %d messages were sent again%n", counts, vandal.repeated());
            Evidence evidence = new Evidence(
                    ledger, databases, new Mails(stack.mails()), observer, vandal, stage, plan.mailFaults());
            Quiescence quiescence = new Quiescence(evidence, out);
            out.printf("  quiet after %d s%n", quiescence.await(0).toSeconds());
            if (scenario.build().broken() != null && !quiescence.allHeld()) {
                return evidence.gather(0, doctor.visit(stack.services())); // it is noticed: there is no more to learn
            }
            out.printf("  redriven: %d dead letters%n", new Operator(stack).redriveEverything());
            out.printf("  quiet after %d s%n", quiescence.await(1).toSeconds());
            return evidence.gather(1, doctor.visit(stack.services()));
        }
    }

    private void work(Plan plan, Stage stage, LocalStack stack) throws InterruptedException {
        List<ServiceProcess> fronts = stack.processes(Service.ORDER);
        OrderClient client =
                new OrderClient(fronts.stream().map(ServiceProcess::address).toList(), counts);
        Trouble[] trouble = new Trouble[1];
        Buyers buyers = new Buyers(
                plan.purchases(), client, ledger, counts, () -> trouble[0] != null && trouble[0].holdsClients());
        trouble[0] = new Trouble(plan.strikes(), stage, counts, buyers::haveDone, out);
        buyers.start(scenario.seed());
        trouble[0].start();
        for (int visit = 0; visit < VISITS; visit++) {
            int percent = FIRST_VISIT_PERCENT + visit * (100 - FIRST_VISIT_PERCENT) / VISITS;
            while (counts.accepted.get() < scenario.orders() * percent / 100 && !buyers.haveDone()) {
                TimeUnit.MILLISECONDS.sleep(BREATH_MILLIS);
            }
            doctor.meet(stack.services());
        }
        buyers.join();
        trouble[0].join();
        doctor.meet(stack.services()); // those that were started last as well
    }

    /** In the observer's thread. */
    private void witness(Sighting sighting, Set<Integer> duplicates, RogueProducer vandal) {
        if (RogueProducer.isOurs(sighting)
                || sighting.topic().endsWith(Routes.DEAD_LETTERS)
                || !known.add(sighting.id())) {
            return;
        }
        if (sighting.type().equals(SHIPPED)) {
            counts.shipped.incrementAndGet();
        }
        if (duplicates.contains(counts.seen.incrementAndGet())) {
            vandal.repeat(sighting);
        }
    }

    private List<Verdict> judge(Observations seen) {
        List<Verdict> verdicts = Invariants.judge(seen);
        long mails = seen.mails().size();
        long different = seen.mails().stream().map(Mail::messageId).distinct().count();
        out.printf(
                "%n%d orders, %d events committed and %d messages seen, %d mails (%d of them the same once more), %d dead"
                        + " letters of %d poisonous messages, %d processes measured%n%n",
                seen.orders().size(),
                seen.committed().size(),
                seen.seen().size(),
                mails,
                mails - different,
                seen.deadLetters().size(),
                seen.harm().poison().size(),
                seen.vitals().size());
        out.println(Report.of(verdicts));
        return verdicts;
    }

    /** A carrier that is quick, and sometimes fails: what is tried again is a part of the load. */
    private Map<String, String> settings() {
        Map<String, String> all = new HashMap<>(Operator.SETTINGS);
        all.putAll(scenario.build().settings());
        all.put("SHIPPING_CARRIER_DELAY", "100ms");
        all.put("SHIPPING_CARRIER_FAILURE_RATE", "0.03");
        return Map.copyOf(all);
    }

    private static long secondsSince(long begun) {
        return Duration.ofNanos(System.nanoTime() - begun).toSeconds();
    }
}
