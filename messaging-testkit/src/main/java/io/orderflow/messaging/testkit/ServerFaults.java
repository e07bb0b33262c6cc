package io.orderflow.messaging.testkit;

import static org.junit.jupiter.api.Assumptions.abort;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.orderflow.messaging.MessageBroker;
import io.orderflow.servers.TestServer;
import io.orderflow.servers.proxy.TcpProxy;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Failures of a scenario's broker: crashes of its process, of its network, and deletions by another client. A scenario is
 * skipped, with the reason, if the adapter's test cannot cause one.
 */
final class ServerFaults {

    private final BrokerConformance test;
    private final Scenario scenario;
    private final @Nullable TestServer server;

    ServerFaults(BrokerConformance test, Scenario scenario) {
        this.test = test;
        this.scenario = scenario;
        this.server = test.server();
    }

    /** The server, which the suite may kill. */
    TestServer server() {
        assumeTrue(server != null, "there is no server process that the suite may kill");
        return server;
    }

    /** The server of a broker that promises to keep messages over a crash. */
    TestServer durableServer() {
        TestServer crashing = server();
        assumeTrue(scenario.traits().durable(), "messages are not promised to survive the broker");
        return crashing;
    }

    void crash(TestServer crashing) {
        try {
            crashing.crash();
        } catch (UnsupportedOperationException e) {
            abort(e.getMessage());
        }
    }

    /** What another process needs to reach the server; empty if none can. */
    Map<String, String> environment() {
        return server == null ? Map.of() : server.environment();
    }

    /** A network before the server that only this scenario uses. */
    TcpProxy network() {
        assumeTrue(server != null, "there is no server whose network could be interrupted");
        try {
            TcpProxy network = server.proxy();
            assumeTrue(network != null, "there is no network that could be interrupted");
            return scenario.closedLater(network);
        } catch (UnsupportedOperationException e) {
            return abort(e.getMessage());
        }
    }

    MessageBroker connectThrough(TcpProxy network) {
        MessageBroker connection = test.connect(network);
        assumeTrue(connection != null, "there is no way to connect through a proxy");
        return scenario.closedLater(connection);
    }

    /** Deletes the scenario's topic, which has this one group, with another client. */
    void deleteTopic(String group) {
        try {
            test.delete(scenario.topic(), group);
        } catch (UnsupportedOperationException e) {
            abort(e.getMessage());
        }
    }
}
