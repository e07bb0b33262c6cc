package io.orderflow.localstack;

import java.nio.file.Path;
import java.util.EnumMap;
import java.util.Map;

/**
 * How a stack is to be.
 *
 * @param project the root of the repository, with the four built jars in it
 * @param folder for data and logs
 * @param keepData whether data of an earlier run in that folder are used again
 * @param settings further environment variables of the services
 * @param instances how many processes of a service there are, where it is not one
 * @param breakable whether the services reach broker, database and mail server through a network that can be broken
 */
public record StackOptions(
        Broker broker,
        Path project,
        Path folder,
        boolean keepData,
        PortPlan ports,
        Map<String, String> settings,
        Map<Service, Integer> instances,
        boolean breakable) {

    /** One process of each service, on a network that holds. */
    public StackOptions(
            Broker broker, Path project, Path folder, boolean keepData, PortPlan ports, Map<String, String> settings) {
        this(broker, project, folder, keepData, ports, settings, Map.of(), false);
    }

    /** The same, with so many processes of a service. */
    public StackOptions with(Service service, int processes) {
        Map<Service, Integer> all = new EnumMap<>(Service.class);
        all.putAll(instances);
        all.put(service, processes);
        return new StackOptions(broker, project, folder, keepData, ports, settings, all, breakable);
    }

    /** The same, on a network that can be broken. */
    public StackOptions onBreakableNetwork() {
        return new StackOptions(broker, project, folder, keepData, ports, settings, instances, true);
    }

    int instancesOf(Service service) {
        return instances.getOrDefault(service, 1);
    }
}
