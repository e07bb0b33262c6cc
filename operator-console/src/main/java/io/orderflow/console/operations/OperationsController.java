package io.orderflow.console.operations;

import io.orderflow.console.services.MonitoredService;
import io.orderflow.console.services.MonitoredServices;
import io.orderflow.console.services.ParkedPage;
import io.orderflow.console.services.RedriveJob;
import io.orderflow.console.services.RefusedException;
import io.orderflow.console.services.ServiceUnreachableException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** The latest redrives, the parked outbox rows and the subscriptions of all services. */
@Controller
@RequestMapping("/operations")
class OperationsController {

    private static final int PARKED = 50;

    private final MonitoredServices services;

    OperationsController(MonitoredServices services) {
        this.services = services;
    }

    /** Something of a service. */
    record Of<T>(String service, T item) {}

    @GetMapping
    String page(Model model) {
        List<String> unreachable = new ArrayList<>();
        model.addAttribute(
                "redrives",
                each(MonitoredService::redrives, unreachable).stream()
                        .sorted(Comparator.comparing(
                                        (Of<RedriveJob> of) -> of.item().startedAt())
                                .reversed())
                        .toList());
        List<Of<ParkedPage.Row>> parked =
                each(service -> service.parked(0, PARKED).items(), unreachable);
        model.addAttribute("parked", parked);
        model.addAttribute("subscriptions", each(MonitoredService::subscriptions, unreachable));
        model.addAttribute("unreachable", unreachable.stream().distinct().toList());
        return "operations";
    }

    @GetMapping("/redrives/{service}/{id}")
    String redrive(@PathVariable String service, @PathVariable UUID id, Model model) {
        progress(service, id, model);
        return "redrive";
    }

    /** The part of the page that is refreshed until the redrive has ended. */
    @GetMapping("/redrives/{service}/{id}/progress")
    String progress(@PathVariable String service, @PathVariable UUID id, Model model) {
        model.addAttribute("service", service);
        model.addAttribute("job", services.named(service).redrive(id));
        return "redrive :: progress";
    }

    @PostMapping("/redrives/{service}/{id}/cancel")
    String cancel(@PathVariable String service, @PathVariable UUID id) {
        services.named(service).cancelRedrive(id);
        return "redirect:/operations/redrives/{service}/{id}";
    }

    @PostMapping("/subscriptions/pause")
    String pause(
            @RequestParam String service,
            @RequestParam String topic,
            @RequestParam String group,
            RedirectAttributes next) {
        services.named(service).pause(topic, group);
        next.addFlashAttribute("message", "Group " + group + " on topic " + topic + " is paused in all instances.");
        return "redirect:/operations";
    }

    @PostMapping("/subscriptions/resume")
    String resume(
            @RequestParam String service,
            @RequestParam String topic,
            @RequestParam String group,
            RedirectAttributes next) {
        services.named(service).resume(topic, group);
        next.addFlashAttribute("message", "Group " + group + " on topic " + topic + " is resumed.");
        return "redirect:/operations";
    }

    @PostMapping("/parked/{service}/{row}/release")
    String release(@PathVariable String service, @PathVariable long row, RedirectAttributes next) {
        services.named(service).release(row);
        next.addFlashAttribute("message", "Row " + row + " of " + service + "-service is sent again.");
        return "redirect:/operations";
    }

    @PostMapping("/parked/{service}/{row}/delete")
    String delete(@PathVariable String service, @PathVariable long row, RedirectAttributes next) {
        services.named(service).delete(row);
        next.addFlashAttribute("message", "Row " + row + " of " + service + "-service is deleted and never sent.");
        return "redirect:/operations";
    }

    private <T> List<Of<T>> each(Function<MonitoredService, List<T>> items, List<String> unreachable) {
        List<Of<T>> all = new ArrayList<>();
        for (MonitoredService service : services.all()) {
            try {
                items.apply(service).forEach(item -> all.add(new Of<>(service.name(), item)));
            } catch (ServiceUnreachableException | RefusedException e) {
                unreachable.add(e.getMessage());
            }
        }
        return all;
    }
}
