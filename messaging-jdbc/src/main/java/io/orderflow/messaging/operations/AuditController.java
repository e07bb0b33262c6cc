package io.orderflow.messaging.operations;

import io.orderflow.messaging.audit.AuditEntry;
import io.orderflow.messaging.audit.AuditLog;
import java.util.List;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** What operators have changed in this application. */
@RestController
@RequestMapping(OperatorApi.AUDIT)
class AuditController {

    private final AuditLog audit;

    AuditController(AuditLog audit) {
        this.audit = audit;
    }

    /** Lists the latest requests that were to change something, newest first; {@code before} is the id of the last one seen. */
    @GetMapping
    Entries list(
            @RequestParam(defaultValue = "" + Long.MAX_VALUE) long before,
            @RequestParam(defaultValue = OperatorApi.PAGE_SIZE) int size) {
        return new Entries(audit.before(before, OperatorApi.pageSize(size)));
    }

    /** Requests, newest first. */
    record Entries(List<AuditEntry> items) {}
}
