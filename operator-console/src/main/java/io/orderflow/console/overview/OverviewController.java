package io.orderflow.console.overview;

import java.util.List;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;

/** The first page, and its part that is refreshed every two seconds. */
@Controller
class OverviewController {

    private final Sampler sampler;

    OverviewController(Sampler sampler) {
        this.sampler = sampler;
    }

    @GetMapping("/")
    String page(Model model) {
        state(model);
        return "overview";
    }

    @GetMapping("/overview/state")
    String state(Model model) {
        List<ServiceStatus> services = sampler.latest();
        model.addAttribute("services", services);
        model.addAttribute(
                "alerts", services.stream().map(Alert::of).flatMap(List::stream).toList());
        return "overview :: state";
    }
}
