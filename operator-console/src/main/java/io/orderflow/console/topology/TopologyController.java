package io.orderflow.console.topology;

import io.orderflow.console.services.Group;
import io.orderflow.console.services.MonitoredService;
import io.orderflow.console.services.MonitoredServices;
import io.orderflow.console.services.RefusedException;
import io.orderflow.console.services.ServiceUnreachableException;
import java.util.ArrayList;
import java.util.List;
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
        List<String> unreachable = new ArrayList<>();
        for (MonitoredService service : services.all()) {
            try {
                // services name the same topics and groups
                service.groups()
                        .forEach(group -> topics.computeIfAbsent(group.topic(), topic -> new TreeMap<>())
                                .put(group.group(), group));
            } catch (ServiceUnreachableException | RefusedException e) {
                unreachable.add(e.getMessage());
            }
        }
        model.addAttribute("topics", topics);
        model.addAttribute("unreachable", unreachable);
        return "topology :: state";
    }
}
