package io.orderflow.console.orders;

import io.orderflow.console.services.MonitoredServices;
import io.orderflow.console.services.RefusedException;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.util.StringUtils;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;
import tools.jackson.databind.JsonNode;

/** The latest orders, and the journey of one of them through the services. */
@Controller
class OrdersController {

    private final MonitoredServices services;
    private final Journeys journeys;

    OrdersController(MonitoredServices services, Journeys journeys) {
        this.services = services;
        this.journeys = journeys;
    }

    @GetMapping("/orders")
    String list(@RequestParam(required = false) @Nullable String id, Model model) {
        if (StringUtils.hasText(id)) {
            return "redirect:/orders/" + uuid(id.strip());
        }
        List<JsonNode> orders = services.named("order")
                .api("/orders?size=25")
                .path("items")
                .valueStream()
                .toList();
        model.addAttribute("orders", orders);
        return "orders";
    }

    @GetMapping("/orders/{id}")
    String journey(@PathVariable UUID id, Model model) {
        progress(id, model);
        return "journey";
    }

    /** The part of the page that is refreshed. */
    @GetMapping("/orders/{id}/journey")
    String progress(@PathVariable UUID id, Model model) {
        model.addAttribute("journey", journeys.of(id));
        return "journey :: state";
    }

    private static UUID uuid(String text) {
        try {
            return UUID.fromString(text);
        } catch (IllegalArgumentException e) {
            throw new RefusedException(404, "An order's id is a UUID, as the response of POST /orders contains it.");
        }
    }
}
