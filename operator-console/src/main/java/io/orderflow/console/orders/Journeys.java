package io.orderflow.console.orders;

import io.orderflow.console.services.DeadLetterFilter;
import io.orderflow.console.services.MonitoredService;
import io.orderflow.console.services.MonitoredServices;
import io.orderflow.console.services.RefusedException;
import io.orderflow.console.services.ServiceUnreachableException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.UUID;
import org.springframework.stereotype.Component;
import tools.jackson.databind.JsonNode;

/** Collects the journey of an order from the services that have a part in it. */
@Component
class Journeys {

    private static final int MAX_DEAD_LETTERS = 20;

    private final MonitoredServices services;

    Journeys(MonitoredServices services) {
        this.services = services;
    }

    /**
     * The journey. Services that do not answer are named in it.
     *
     * @throws RefusedException if there is no such order
     * @throws ServiceUnreachableException if order-service does not answer
     */
    Journey of(UUID id) {
        MonitoredService orders = services.named("order");
        String status = orders.api("/orders/" + id).path("status").asString("");
        List<Journey.Step> steps = new ArrayList<>();
        orders.api("/orders/" + id + "/timeline")
                .path("items")
                .forEach(entry -> steps.add(new Journey.Step(
                        Instant.parse(entry.path("at").asString()),
                        "order",
                        entry.path("what").asString(""),
                        entry.path("eventType").asString(""))));
        List<String> unreachable = new ArrayList<>();
        attempt(
                unreachable,
                () -> items("shipping", "/shipments?orderId=" + id)
                        .forEach(shipment -> steps.add(new Journey.Step(
                                Instant.parse(shipment.path("updatedAt").asString()),
                                "shipping",
                                "Shipment " + shipment.path("status").asString(""),
                                ""))));
        attempt(
                unreachable,
                () -> items("email", "/emails?orderId=" + id).stream()
                        .filter(mail -> mail.path("sentAt").isString()) // not sent yet otherwise
                        .forEach(mail -> steps.add(new Journey.Step(
                                Instant.parse(mail.path("sentAt").asString()),
                                "email",
                                "E-mail: " + mail.path("subject").asString(""),
                                ""))));
        List<Journey.Failed> failed = new ArrayList<>();
        services.all()
                .forEach(service -> attempt(
                        unreachable,
                        () -> service.deadLetters(DeadLetterFilter.ofKey(id.toString()), 0, MAX_DEAD_LETTERS)
                                .items()
                                .forEach(letter -> failed.add(new Journey.Failed(service.name(), letter)))));
        steps.sort(Comparator.comparing(Journey.Step::at));
        return new Journey(
                id, status, steps, failed, unreachable.stream().distinct().toList());
    }

    private List<JsonNode> items(String service, String path) {
        return services.named(service).api(path).path("items").valueStream().toList();
    }

    private static void attempt(List<String> unreachable, Runnable part) {
        try {
            part.run();
        } catch (ServiceUnreachableException | RefusedException e) {
            unreachable.add(e.getMessage());
        }
    }
}
