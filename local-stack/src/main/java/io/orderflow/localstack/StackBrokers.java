package io.orderflow.localstack;

import io.orderflow.servers.Folders;
import io.orderflow.servers.RealServer;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntUnaryOperator;

/**
 * The running brokers of a stack.
 *
 * @param running those of the options, the one of the events first
 */
record StackBrokers(StackOptions options, Map<Broker, Broker.Running> running) {

    /** @param clientPort returns the port at which services reach the broker of the events, given its own */
    static StackBrokers start(StackOptions options, Path data, IntUnaryOperator clientPort) {
        Map<Broker, Broker.Running> running = new LinkedHashMap<>();
        for (Broker kind : options.brokers()) {
            int port = options.ports().port(kind.name() + "_PORT", kind.defaultPort());
            running.put(
                    kind,
                    kind.start(
                            Folders.created(data.resolve(kind.toString())),
                            port,
                            kind == options.broker() ? clientPort.applyAsInt(port) : port));
        }
        return new StackBrokers(options, running);
    }

    /** That of the events. */
    Broker.Running main() {
        return running.get(options.broker());
    }

    List<RealServer> servers() {
        return running.values().stream().map(Broker.Running::server).toList();
    }

    /** The environment variables with which a service chooses and reaches them. */
    Map<String, String> settings() {
        Map<String, String> settings = new LinkedHashMap<>();
        running.values().forEach(each -> settings.putAll(each.settings()));
        settings.put("MESSAGING_BROKER", options.broker().toString());
        if (options.workQueues() != options.broker()) {
            settings.put("WORK_QUEUES_BROKER", options.workQueues().toString());
        }
        if (options.drainFrom() != null) {
            settings.put("MESSAGING_DRAIN_FROM", options.drainFrom().toString());
        }
        return settings;
    }
}
