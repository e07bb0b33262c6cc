package io.orderflow.console.audit;

import io.orderflow.console.services.Answers;
import io.orderflow.console.services.AuditEntry;
import io.orderflow.console.services.MonitoredServices;
import java.util.Comparator;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;

/** The latest changes by operators in all services, through this console, the command line or others. */
@Controller
class AuditController {

    private static final int OF_EACH_SERVICE = 100;

    private final MonitoredServices services;

    AuditController(MonitoredServices services) {
        this.services = services;
    }

    @GetMapping("/audit")
    String page(Model model) {
        Answers<AuditEntry> entries = services.ask(service -> service.audit(OF_EACH_SERVICE));
        model.addAttribute(
                "entries",
                entries.items().stream()
                        .sorted(Comparator.comparing(
                                        (Answers.Of<AuditEntry> of) -> of.item().at())
                                .reversed())
                        .toList());
        model.addAttribute("unreachable", entries.unreachable());
        return "audit";
    }
}
