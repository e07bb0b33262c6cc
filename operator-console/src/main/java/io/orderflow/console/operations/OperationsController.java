package io.orderflow.console.operations;

import io.orderflow.console.services.Answers;
import io.orderflow.console.services.MonitoredService;
import io.orderflow.console.services.MonitoredServices;
import io.orderflow.console.services.ParkedPage;
import io.orderflow.console.services.RedriveJob;
import io.orderflow.console.services.SubscriptionState;
import java.util.Comparator;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Stream;
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

    @GetMapping
    String page(Model model) {
        Answers<Operations> answers = services.ask(service -> List.of(Operations.of(service)));
        model.addAttribute(
                "redrives",
                each(answers, Operations::redrives)
                        .sorted(Comparator.comparing(
                                        (Answers.Of<RedriveJob> of) -> of.item().startedAt())
                                .reversed())
                        .toList());
        model.addAttribute("parked", each(answers, Operations::parked).toList());
        model.addAttribute(
                "subscriptions", each(answers, Operations::subscriptions).toList());
        model.addAttribute("unreachable", answers.unreachable());
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

    private static <T> Stream<Answers.Of<T>> each(Answers<Operations> answers, Function<Operations, List<T>> part) {
        return answers.items().stream()
                .flatMap(of -> part.apply(of.item()).stream().map(item -> new Answers.Of<>(of.service(), item)));
    }

    /** What the page shows of a service. */
    private record Operations(
            List<RedriveJob> redrives, List<ParkedPage.Row> parked, List<SubscriptionState> subscriptions) {

        static Operations of(MonitoredService service) {
            return new Operations(service.redrives(), service.parked(0, PARKED).items(), service.subscriptions());
        }
    }
}
