package io.orderflow.console.deadletters;

import io.orderflow.console.overview.Sampler;
import io.orderflow.console.overview.ServiceStatus;
import io.orderflow.console.services.DeadLetterFilter;
import io.orderflow.console.services.MonitoredServices;
import io.orderflow.console.services.RedriveJob;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** Lists, shows, redrives and discards the dead letters of a service. */
@Controller
@RequestMapping("/dead-letters")
class DeadLettersController {

    private static final int PAGE_SIZE = 25;

    private final MonitoredServices services;
    private final Sampler sampler;

    DeadLettersController(MonitoredServices services, Sampler sampler) {
        this.services = services;
        this.sampler = sampler;
    }

    @GetMapping
    String list(
            @RequestParam(required = false) @Nullable String service,
            DeadLetterFilter filter,
            @RequestParam(defaultValue = "0") int page,
            Model model) {
        if (service == null) {
            return "redirect:/dead-letters?state=WAITING&service=" + firstWithDeadLetters();
        }
        model.addAttribute("statuses", sampler.latest());
        model.addAttribute("service", service);
        model.addAttribute("filter", filter);
        model.addAttribute("page", services.named(service).deadLetters(filter, page, PAGE_SIZE));
        return "dead-letters";
    }

    private String firstWithDeadLetters() {
        List<ServiceStatus> statuses = sampler.latest();
        return statuses.stream()
                .filter(each -> each.sample() != null && each.sample().deadLetters() > 0)
                .findFirst()
                .orElse(statuses.get(0))
                .name();
    }

    @GetMapping("/{service}/{id}")
    String show(@PathVariable String service, @PathVariable long id, Model model) {
        model.addAttribute("service", service);
        model.addAttribute("details", services.named(service).deadLetter(id));
        return "dead-letter";
    }

    @PostMapping("/{service}/{id}/redrive")
    String redrive(
            @PathVariable String service,
            @PathVariable long id,
            @RequestParam(defaultValue = "false") boolean anyway,
            RedirectAttributes next) {
        services.named(service).redrive(id, anyway);
        next.addFlashAttribute("message", "Dead letter " + id + " is redriven.");
        return "redirect:/dead-letters/{service}/{id}";
    }

    @PostMapping("/{service}/{id}/discard")
    String discard(@PathVariable String service, @PathVariable long id, RedirectAttributes next) {
        services.named(service).discard(id);
        next.addFlashAttribute("message", "Dead letter " + id + " is discarded.");
        return "redirect:/dead-letters/{service}/{id}";
    }

    /** Redrives all that match the filter, or counts them if it is a dry run. */
    @PostMapping("/redrives")
    String redriveAll(
            @RequestParam String service,
            DeadLetterFilter filter,
            @RequestParam(required = false) @Nullable Integer first,
            @RequestParam(defaultValue = "false") boolean dryRun,
            @RequestParam(defaultValue = "50") int perSecond,
            @RequestParam(defaultValue = "false") boolean stopOnFailure,
            RedirectAttributes next) {
        Map<String, Object> order = new LinkedHashMap<>(filter.parameters());
        order.remove("state"); // only those that await an operator are redriven
        if (first != null) {
            order.put("first", first);
        }
        order.put("dryRun", dryRun);
        order.put("perSecond", perSecond);
        order.put("stopOnFailure", stopOnFailure);
        RedriveJob job = services.named(service).redriveAll(order);
        next.addAttribute("service", service).addAttribute("id", job.id());
        return "redirect:/operations/redrives/{service}/{id}";
    }
}
