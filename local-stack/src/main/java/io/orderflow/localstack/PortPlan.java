package io.orderflow.localstack;

import io.orderflow.servers.Ports;
import java.util.Map;

/** Which port a part of the stack is given. */
@FunctionalInterface
public interface PortPlan {

    int LAST_PORT = 65_535;

    /** The port for the part whose port is set by that environment variable and usually has that number. */
    int port(String variable, int usual);

    /** Any free ones: for tests. */
    static PortPlan free() {
        return (variable, usual) -> Ports.free();
    }

    /** What the environment says, else the usual port plus an offset; whoever is behind it. */
    static PortPlan usual(Map<String, String> environment, int offset) {
        return (variable, usual) ->
                number(variable, environment.getOrDefault(variable, Integer.toString(usual + offset)));
    }

    /**
     * The same, for a stack to begin.
     *
     * @throws StackException from {@link #port} if the port is taken
     */
    static PortPlan fixed(Map<String, String> environment, int offset) {
        return (variable, usual) -> {
            int port = usual(environment, offset).port(variable, usual);
            if (!Ports.isFree(port)) {
                throw new StackException("Port " + port + " is taken by another program. Choose another one with "
                        + variable + "=<port>, or shift all of them with --port-offset 1000. If it is a stack of ours,"
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
            // said below
        }
        throw new StackException(variable + " is to be a port from 1 to " + LAST_PORT + ", not '" + text + "'.");
    }
}
