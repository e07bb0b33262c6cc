package io.orderflow.localstack;

import java.nio.file.Path;
import java.util.EnumMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The configuration of a stack.
 *
 * @param project the root of the repository, with the built jars of the services in it
 * @param folder for data and logs
 * @param keepData whether data of an earlier run in that folder are kept
 * @param settings further environment variables of the services
 * @param instances the number of processes of a service, where it is not one
 * @param workQueues the broker of the work queues; the same or another one
 * @param drainFrom the broker of an earlier run in that folder, which the services drain; null if there is none
 * @param breakable whether the services reach broker, database and mail server through {@code TcpProxy}s
 */
public record StackOptions(
        Broker broker,
        Path project,
        Path folder,
        boolean keepData,
        PortPlan ports,
        Map<String, String> settings,
        Map<Service, Integer> instances,
        Broker workQueues,
        @Nullable Broker drainFrom,
        boolean breakable) {

    /** One process of each service, without proxies. */
    public StackOptions(
            Broker broker, Path project, Path folder, boolean keepData, PortPlan ports, Map<String, String> settings) {
        this(broker, project, folder, keepData, ports, settings, Map.of(), broker, null, false);
    }

    /** The same, with that many processes of a service. */
    public StackOptions with(Service service, int processes) {
        Map<Service, Integer> all = new EnumMap<>(Service.class);
        all.putAll(instances);
        all.put(service, processes);
        return new StackOptions(
                broker, project, folder, keepData, ports, settings, all, workQueues, drainFrom, breakable);
    }

    /** The same, with a proxy before broker, database and mail server. */
    public StackOptions onBreakableNetwork() {
        return new StackOptions(
                broker, project, folder, keepData, ports, settings, instances, workQueues, drainFrom, true);
    }

    /** The same, with the work queues on another broker, and with one that is drained. */
    public StackOptions with(Broker ofWorkQueues, @Nullable Broker drained) {
        return new StackOptions(
                broker, project, folder, keepData, ports, settings, instances, ofWorkQueues, drained, breakable);
    }

    /** All of them, once each; that of the events first. */
    Set<Broker> brokers() {
        return Stream.of(broker, workQueues, drainFrom)
                .filter(Objects::nonNull)
                .collect(Collectors.toCollection(LinkedHashSet::new));
    }

    int instancesOf(Service service) {
        return instances.getOrDefault(service, 1);
    }
}
