package io.orderflow.console.topology;

import io.orderflow.console.services.Answers;
import io.orderflow.console.services.Group;
import io.orderflow.console.services.MonitoredService;
import io.orderflow.console.services.MonitoredServices;
import java.util.Map;
import java.util.TreeMap;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;

/** The topics and their groups, with the backlog of each. */
@Controller
class TopologyController {

    private final MonitoredServices services;

    TopologyController(MonitoredServices services) {
        this.services = services;
    }

    @GetMapping("/topology")
    String page(Model model) {
        state(model);
        return "topology";
    }

    /** The part of the page that is refreshed. */
    @GetMapping("/topology/state")
    String state(Model model) {
        Map<String, Map<String, Group>> topics = new TreeMap<>();
        Answers<Group> groups = services.ask(MonitoredService::groups);
        // services name the same topics and groups
        groups.items()
                .forEach(of -> topics.computeIfAbsent(of.item().topic(), topic -> new TreeMap<>())
                        .put(of.item().group(), of.item()));
        model.addAttribute("topics", topics);
        model.addAttribute("unreachable", groups.unreachable());
        return "topology :: state";
    }
}
