package io.orderflow.systemtests.chaos;

import io.orderflow.localstack.LocalStack;
import io.orderflow.localstack.Service;
import io.orderflow.localstack.ServiceProcess;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** The system as something that can be broken: what a fault hits, how it is done and undone. */
final class Stage implements Breakable {

    static final String BROKER = "broker";
    static final String DATABASE = "database";
    static final String MAIL_SERVER = "mail server";

    /** A process that is told to end is killed by then. */
    private static final Duration IN_TIME = Duration.ofSeconds(14);

    private final LocalStack stack;
    private final List<String> overdue = new ArrayList<>();

    Stage(LocalStack stack) {
        this.stack = stack;
    }

    @Override
    public Set<String> targets(Strike strike) {
        return switch (strike.fault()) {
            case KILL_BROKER, FREEZE_BROKER, SILENCE_BROKER -> Set.of(BROKER);
            case KILL_DATABASE, FREEZE_DATABASE, SILENCE_DATABASE -> Set.of(DATABASE);
            case STOP_MAIL, SILENCE_MAIL -> Set.of(MAIL_SERVER);
            case ROLLING_RESTART ->
                stack.services().stream().map(ServiceProcess::name).collect(Collectors.toSet());
            default -> Set.of(process(strike).name());
        };
    }

    @Override
    public void strike(Strike strike) {
        switch (strike.fault()) {
            case KILL_BROKER -> stack.broker().crash();
            case FREEZE_BROKER -> stack.broker().pause();
            case SILENCE_BROKER -> stack.brokerLine().blackhole();
            case KILL_DATABASE -> stack.database().crash();
            case FREEZE_DATABASE -> stack.database().pause();
            case SILENCE_DATABASE -> stack.databaseLine().blackhole();
            case STOP_MAIL -> stack.mailLine().refuse();
            case SILENCE_MAIL -> stack.mailLine().blackhole();
            case ROLLING_RESTART -> stack.services().forEach(this::restart);
            case KILL_ORDER, KILL_INVENTORY, KILL_SHIPPING, KILL_EMAIL ->
                process(strike).crash();
            case FREEZE_ORDER, FREEZE_INVENTORY, FREEZE_SHIPPING, FREEZE_EMAIL ->
                process(strike).freeze();
        }
    }

    @Override
    public void undo(Strike strike) {
        switch (strike.fault()) {
            case KILL_BROKER -> stack.broker().restart();
            case FREEZE_BROKER -> stack.broker().resume();
            case SILENCE_BROKER -> stack.brokerLine().heal();
            case KILL_DATABASE -> stack.database().restart();
            case FREEZE_DATABASE -> stack.database().resume();
            case SILENCE_DATABASE -> stack.databaseLine().heal();
            case STOP_MAIL, SILENCE_MAIL -> stack.mailLine().heal();
            case ROLLING_RESTART -> {}
            case KILL_ORDER, KILL_INVENTORY, KILL_SHIPPING, KILL_EMAIL ->
                process(strike).start();
            case FREEZE_ORDER, FREEZE_INVENTORY, FREEZE_SHIPPING, FREEZE_EMAIL ->
                process(strike).thaw();
        }
    }

    /** Processes say so themselves; broker, database and mail server are up when they were undone. */
    @Override
    public boolean areUp(Set<String> targets) {
        return stack.services().stream()
                .filter(process -> targets.contains(process.name()))
                .allMatch(ServiceProcess::isUp);
    }

    /** Processes that do not say that they are UP. */
    List<String> down() {
        return stack.services().stream()
                .filter(process -> !process.isUp())
                .map(process -> process.name() + (process.isAlive() ? " says it is DOWN" : " has ended"))
                .toList();
    }

    List<String> overdue() {
        return List.copyOf(overdue);
    }

    private void restart(ServiceProcess process) {
        long told = System.nanoTime();
        process.stop();
        Duration took = Duration.ofNanos(System.nanoTime() - told);
        if (took.compareTo(IN_TIME) > 0) {
            overdue.add(process.name() + " had not ended after " + took.toSeconds() + " s");
        }
        process.start();
        LocalStack.awaitUp(process);
    }

    private ServiceProcess process(Strike strike) {
        String name = strike.fault().name();
        Service service = Service.valueOf(name.substring(name.indexOf('_') + 1));
        List<ServiceProcess> processes = stack.processes(service);
        return processes.get(strike.instance() % processes.size());
    }
}
