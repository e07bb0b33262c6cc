package io.orderflow.localstack;

import java.net.URI;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

/** The services with their default ports. */
public enum Service {
    ORDER(8081, "orders"),
    INVENTORY(8082, "inventory"),
    SHIPPING(8083, "shipping"),
    EMAIL(8084, "email"),
    ANALYTICS(8085, "analytics");

    private static final int MANAGEMENT = 1_000;
    private static final int BETWEEN_INSTANCES = 100;

    private final int defaultPort;
    private final String database;

    Service(int defaultPort, String database) {
        this.defaultPort = defaultPort;
        this.database = database;
    }

    /** The service of that name: {@code inventory} or {@code inventory-service}. */
    static Service named(String name) {
        return Arrays.stream(values())
                .filter(each -> each.toString().equals(name) || each.module().equals(name))
                .findFirst()
                .orElseThrow(() -> new StackException("There is no service '" + name
                        + "': there are order, inventory, shipping, email and analytics."));
    }

    /** The name of its module and its jar. */
    public String module() {
        return this + "-service";
    }

    /** Its short name. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The name of its database. */
    public String database() {
        return database;
    }

    /** The address of its API: {@code ORDER_URL} or the like, else the port of a local stack with this environment. */
    URI usualAddress(Map<String, String> environment, int portOffset) {
        return address(environment, name() + "_URL", port(PortPlan.usual(environment, portOffset), 1));
    }

    /** The address of its management port: {@code ORDER_MANAGEMENT_URL} or the like, else the stack's port. */
    URI usualManagementAddress(Map<String, String> environment, int portOffset) {
        return address(
                environment, name() + "_MANAGEMENT_URL", managementPort(PortPlan.usual(environment, portOffset), 1));
    }

    /** The environment variables with the ports of all services of a stack with this port offset. */
    public static Map<String, String> ports(int portOffset) {
        PortPlan ports = PortPlan.usual(Map.of(), portOffset);
        Map<String, String> variables = new HashMap<>();
        for (Service service : values()) {
            variables.put(service.variable(1) + "_PORT", Integer.toString(service.port(ports, 1)));
            variables.put(service.variable(1) + "_MANAGEMENT_PORT", Integer.toString(service.managementPort(ports, 1)));
        }
        return variables;
    }

    /** The address in the variable, else that port of this machine. */
    static URI address(Map<String, String> environment, String variable, int port) {
        return URI.create(environment.getOrDefault(variable, "http://localhost:" + port));
    }

    int port(PortPlan ports, int instance) {
        return ports.port(variable(instance) + "_PORT", defaultPort + BETWEEN_INSTANCES * (instance - 1));
    }

    int managementPort(PortPlan ports, int instance) {
        return ports.port(
                variable(instance) + "_MANAGEMENT_PORT", defaultPort + MANAGEMENT + BETWEEN_INSTANCES * (instance - 1));
    }

    private String variable(int instance) {
        return instance == 1 ? name() : name() + "_" + instance;
    }
}
