package io.orderflow.localstack;

import io.orderflow.servers.Ports;
import java.util.Map;

/** Chooses the port of each part of a stack. */
@FunctionalInterface
public interface PortPlan {

    int LAST_PORT = 65_535;

    /** The port of the part with that environment variable and that default. */
    int port(String variable, int defaultPort);

    /** Free ports, for tests. */
    static PortPlan free() {
        return (variable, defaultPort) -> Ports.free();
    }

    /** The port in the environment, else the default plus an offset; it may be in use. */
    static PortPlan usual(Map<String, String> environment, int offset) {
        return (variable, defaultPort) ->
                number(variable, environment.getOrDefault(variable, Integer.toString(defaultPort + offset)));
    }

    /**
     * The same, for a stack that is to be started.
     *
     * @throws StackException from {@link #port} if the port is in use
     */
    static PortPlan fixed(Map<String, String> environment, int offset) {
        return (variable, defaultPort) -> {
            int port = usual(environment, offset).port(variable, defaultPort);
            if (!Ports.isFree(port)) {
                throw new StackException("Port " + port + " is in use. Choose another one with "
                        + variable + "=<port>, or move all of them with --port-offset 1000. If another stack uses it,"
                        + " ./orderflow down or docker compose down ends it.");
            }
            return port;
        };
    }

    private static int number(String variable, String text) {
        try {
            int port = Integer.parseInt(text);
            if (port >= 1 && port <= LAST_PORT) {
                return port;
            }
        } catch (NumberFormatException e) {
            // see below
        }
        throw new StackException(variable + " has to be a port from 1 to " + LAST_PORT + ", not '" + text + "'.");
    }
}
