package io.orderflow.localstack;

import java.net.URI;
import java.util.Locale;
import java.util.Map;

/** The four services, with the port that each usually has. */
public enum Service {
    ORDER(8081, "orders"),
    INVENTORY(8082, "inventory"),
    SHIPPING(8083, "shipping"),
    EMAIL(8084, "email");

    private static final int MANAGEMENT = 1_000;
    private static final int BETWEEN_INSTANCES = 100;

    private final int usualPort;
    private final String database;

    Service(int usualPort, String database) {
        this.usualPort = usualPort;
        this.database = database;
    }

    /** The name of its module and its jar. */
    public String module() {
        return name().toLowerCase(Locale.ROOT) + "-service";
    }

    /** The name of its database. */
    public String database() {
        return database;
    }

    /**
     * Where its API is for this environment: the address in {@code ORDER_URL} or the like, which does not depend on the
     * offset, else on this machine, if the stack was started with the same environment and offset.
     */
    URI usualAddress(Map<String, String> environment, int portOffset) {
        return address(environment, name() + "_URL", port(PortPlan.usual(environment, portOffset), 1));
    }

    /** Where its management port is, likewise; the address is that in {@code ORDER_MANAGEMENT_URL} or the like. */
    URI usualManagementAddress(Map<String, String> environment, int portOffset) {
        return address(
                environment, name() + "_MANAGEMENT_URL", managementPort(PortPlan.usual(environment, portOffset), 1));
    }

    /** The address that the variable holds, else that port of this machine. */
    static URI address(Map<String, String> environment, String variable, int port) {
        return URI.create(environment.getOrDefault(variable, "http://localhost:" + port));
    }

    int port(PortPlan ports, int instance) {
        return ports.port(variable(instance) + "_PORT", usualPort + BETWEEN_INSTANCES * (instance - 1));
    }

    int managementPort(PortPlan ports, int instance) {
        return ports.port(
                variable(instance) + "_MANAGEMENT_PORT", usualPort + MANAGEMENT + BETWEEN_INSTANCES * (instance - 1));
    }

    private String variable(int instance) {
        return instance == 1 ? name() : name() + "_" + instance;
    }
}
