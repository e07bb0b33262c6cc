package io.orderflow.localstack;

import io.orderflow.servers.RealServer;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;

/** Executes the commands of {@link PartsCommand} and {@link Mails} in the process of the stack. Not thread-safe. */
final class Parts {

    private static final String COPY_OF_OUTBOX =
            "insert into messaging_outbox (partition, topic, message_key, value, headers, made_at)"
                    + " select partition, topic, message_key, value, headers, made_at from messaging_outbox"
                    + " where not_before is null and parked_at is null order by id";

    private record Part(String name, Runnable stop, Runnable kill, Consumer<Map<String, String>> start) {}

    private final LocalStack stack;
    private final Set<String> ended = new HashSet<>();

    Parts(LocalStack stack) {
        this.stack = stack;
    }

    /** Returns what was done. */
    String execute(List<String> command) {
        String verb = command.get(0);
        if (verb.equals(Mails.ACCEPT)) {
            stack.mailServer().accept();
            return "The mail server accepts every mail.";
        }
        String operand = command.get(1);
        return switch (verb) {
            case PartsCommand.STOP -> stop(part(operand));
            case PartsCommand.KILL -> kill(part(operand));
            case PartsCommand.START -> start(part(operand), properties(command.subList(2, command.size())));
            case PartsCommand.DUPLICATE -> duplicate(Service.named(operand));
            case Mails.REFUSE -> {
                stack.mailServer().refuse(Integer.parseInt(operand));
                yield "The mail server refuses every mail with " + operand + ".";
            }
            default -> throw new StackException("There is no command '" + verb + "'.");
        };
    }

    private Part part(String name) {
        return switch (name) {
            case "database" -> part("The database", stack.database());
            case "broker" -> part("The broker", stack.broker());
            default -> part(stack.service(Service.named(name)));
        };
    }

    private static Part part(String name, RealServer server) {
        return new Part(name, server::stop, server::crash, properties -> server.restart());
    }

    private static Part part(ServiceProcess service) {
        return new Part(service.name(), service::stop, service::kill, properties -> {
            service.start(properties);
            LocalStack.awaitUp(service);
        });
    }

    private String stop(Part part) {
        requireRunning(part);
        part.stop().run();
        return part.name() + " is stopped.";
    }

    private String kill(Part part) {
        requireRunning(part);
        part.kill().run();
        return part.name() + " is killed.";
    }

    private void requireRunning(Part part) {
        if (!ended.add(part.name())) {
            throw new StackException(part.name() + " is not running.");
        }
    }

    private String start(Part part, Map<String, String> properties) {
        if (!ended.contains(part.name())) {
            throw new StackException(part.name() + " is running. Stop it first.");
        }
        part.start().accept(properties);
        ended.remove(part.name());
        return part.name() + " is running" + (properties.isEmpty() ? "." : " with " + properties + ".");
    }

    /** As after a crash between sending a row and deleting it, the copies have the same message ids. */
    private String duplicate(Service service) {
        try (Connection connection =
                        DriverManager.getConnection(stack.database().url(service.database()));
                Statement statement = connection.createStatement()) {
            return statement.executeUpdate(COPY_OF_OUTBOX) + " message(s) in the outbox of " + service.module()
                    + " will be sent twice.";
        } catch (SQLException e) {
            throw new StackException("The outbox of " + service.module() + " cannot be copied: " + e.getMessage(), e);
        }
    }

    private static Map<String, String> properties(List<String> words) {
        Map<String, String> properties = new LinkedHashMap<>();
        for (String word : words) {
            String[] parts = word.split("=", 2);
            if (parts.length < 2) {
                throw new StackException("A property needs a value: " + word + "=VALUE.");
            }
            properties.put(parts[0], parts[1]);
        }
        return properties;
    }
}
