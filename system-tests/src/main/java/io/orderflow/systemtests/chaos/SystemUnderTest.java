package io.orderflow.systemtests.chaos;

import io.orderflow.localstack.Conservation;
import io.orderflow.localstack.Link;
import io.orderflow.localstack.LocalStack;
import io.orderflow.localstack.Service;
import io.orderflow.localstack.ServiceClient;
import io.orderflow.localstack.ServiceProcess;
import io.orderflow.localstack.StackException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Injects faults into a stack. */
final class SystemUnderTest implements FaultTarget {

    /** After this, a process that was told to end is killed. */
    private static final Duration SHUTDOWN_TIMEOUT = Duration.ofSeconds(14);

    private final LocalStack stack;
    private final List<String> overdue = new ArrayList<>();

    SystemUnderTest(LocalStack stack) {
        this.stack = stack;
    }

    @Override
    public Set<String> targets(PlannedFault fault) {
        return switch (fault.fault()) {
            case KILL_BROKER, FREEZE_BROKER, SILENCE_BROKER -> Set.of("broker");
            case KILL_DATABASE, FREEZE_DATABASE, SILENCE_DATABASE -> Set.of("database");
            case STOP_MAIL, SILENCE_MAIL -> Set.of("mail server");
            case ROLLING_RESTART ->
                stack.services().stream().map(ServiceProcess::name).collect(Collectors.toSet());
            default -> Set.of(process(fault).name());
        };
    }

    @Override
    public void inject(PlannedFault fault) {
        switch (fault.fault()) {
            case KILL_BROKER -> stack.broker().crash();
            case FREEZE_BROKER -> stack.broker().pause();
            case SILENCE_BROKER -> stack.proxy(Link.BROKER).blackhole();
            case KILL_DATABASE -> stack.database().crash();
            case FREEZE_DATABASE -> stack.database().pause();
            case SILENCE_DATABASE -> stack.proxy(Link.DATABASE).blackhole();
            case STOP_MAIL -> stack.proxy(Link.MAIL).refuse();
            case SILENCE_MAIL -> stack.proxy(Link.MAIL).blackhole();
            case ROLLING_RESTART -> stack.services().forEach(this::restart);
            case KILL_ORDER, KILL_INVENTORY, KILL_SHIPPING, KILL_EMAIL ->
                process(fault).kill();
            case FREEZE_ORDER, FREEZE_INVENTORY, FREEZE_SHIPPING, FREEZE_EMAIL ->
                process(fault).freeze();
        }
    }

    @Override
    public void end(PlannedFault fault) {
        switch (fault.fault()) {
            case KILL_BROKER -> stack.broker().restart();
            case FREEZE_BROKER -> stack.broker().resume();
            case SILENCE_BROKER -> stack.proxy(Link.BROKER).heal();
            case KILL_DATABASE -> stack.database().restart();
            case FREEZE_DATABASE -> stack.database().resume();
            case SILENCE_DATABASE -> stack.proxy(Link.DATABASE).heal();
            case STOP_MAIL, SILENCE_MAIL -> stack.proxy(Link.MAIL).heal();
            case ROLLING_RESTART -> {}
            case KILL_ORDER, KILL_INVENTORY, KILL_SHIPPING, KILL_EMAIL ->
                process(fault).start();
            case FREEZE_ORDER, FREEZE_INVENTORY, FREEZE_SHIPPING, FREEZE_EMAIL ->
                process(fault).thaw();
        }
    }

    /** Broker, database and mail server are up when {@link #end} returns; services are asked for their health. */
    @Override
    public boolean areUp(Set<String> targets) {
        return stack.services().stream()
                .filter(process -> targets.contains(process.name()))
                .allMatch(ServiceProcess::isUp);
    }

    /** Processes that are not UP. */
    List<String> down() {
        return stack.services().stream()
                .filter(process -> !process.isUp())
                .map(process -> process.name() + (process.isAlive() ? " is not UP" : " has ended"))
                .toList();
    }

    /**
     * Groups in which published messages are missing, as the services report it. Nothing is in flight any more, so that what may be in
     * flight or missing is missing.
     */
    List<String> missing() {
        List<ServiceClient> services =
                Stream.of(Service.values()).map(stack::management).toList();
        try {
            return Conservation.check(services, 0).stream()
                    .filter(each -> each.get("missing").asLong() > 0
                            || !each.get("unchecked").isNull()
                                    && each.get("inFlight").asLong() > 0)
                    .map(Object::toString)
                    .toList();
        } catch (StackException e) {
            return List.of(String.valueOf(e.getMessage()));
        }
    }

    /** Processes that did not shut down in time. */
    List<String> overdue() {
        return List.copyOf(overdue);
    }

    private void restart(ServiceProcess process) {
        long started = System.nanoTime();
        process.stop();
        Duration took = Duration.ofNanos(System.nanoTime() - started);
        if (took.compareTo(SHUTDOWN_TIMEOUT) > 0) {
            overdue.add(process.name() + " had not ended after " + took.toSeconds() + " s");
        }
        process.start();
        LocalStack.awaitUp(process);
    }

    private ServiceProcess process(PlannedFault fault) {
        String name = fault.fault().name();
        Service service = Service.valueOf(name.substring(name.indexOf('_') + 1));
        List<ServiceProcess> processes = stack.processes(service);
        return processes.get(fault.instance() % processes.size());
    }
}
