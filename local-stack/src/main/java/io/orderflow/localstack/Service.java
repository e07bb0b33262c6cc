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

    /** Where it is on this machine, if the stack was started with the same environment and offset. */
    URI usualAddress(Map<String, String> environment, int portOffset) {
        return URI.create(
                "http://localhost:" + PortPlan.usual(environment, portOffset).port(name() + "_PORT", usualPort));
    }

    /** Where its management port is, likewise. */
    URI usualManagementAddress(Map<String, String> environment, int portOffset) {
        return URI.create("http://localhost:" + managementPort(PortPlan.usual(environment, portOffset), 1));
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
