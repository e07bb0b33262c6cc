package io.orderflow.systemtests;

import io.orderflow.messaging.MessageBroker;
import io.orderflow.messaging.memory.MemoryBroker;
import io.orderflow.servers.PostgresServer;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** The middlewares of each subscription of each running service. */
final class SubscriptionLists {

    private static final List<String> SERVICES = List.of("order", "inventory", "shipping", "email", "analytics");

    private SubscriptionLists() {}

    static String ofAllServices() {
        StringBuilder lists = new StringBuilder("\n");
        try (MessageBroker broker = new MemoryBroker()) {
            for (String name : SERVICES) {
                lists.append("    ").append(name).append("-service\n");
                try (ServiceInThisJvm service = start(name, broker)) {
                    service.subscriptions().forEach(list -> lists.append(list.indent(6)));
                }
            }
        }
        return lists.append("\n").toString();
    }

    private static ServiceInThisJvm start(String name, MessageBroker broker) {
        String application =
                name + "." + Character.toUpperCase(name.charAt(0)) + name.substring(1) + "ServiceApplication";
        return ServiceInThisJvm.start(
                Path.of("..", name + "-service"),
                application,
                broker,
                Map.of(
                        "messaging.broker",
                        "memory",
                        "server.port",
                        0,
                        "management.server.port",
                        0,
                        "spring.datasource.url",
                        PostgresServer.find().createFreshDatabase(name),
                        "spring.datasource.username",
                        PostgresServer.USER,
                        "spring.datasource.password",
                        PostgresServer.PASSWORD));
    }
}
