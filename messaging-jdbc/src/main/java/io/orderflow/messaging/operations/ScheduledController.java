package io.orderflow.messaging.operations;

import io.orderflow.messaging.outbox.OutboxOperations;
import io.orderflow.messaging.outbox.ScheduledRow;
import java.security.Principal;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** The scheduled messages of this application's outbox: list them, or cancel one. */
@RestController
@RequestMapping(OperatorApi.SCHEDULED)
class ScheduledController {

    private final OutboxOperations outbox;

    ScheduledController(OutboxOperations outbox) {
        this.outbox = outbox;
    }

    /** Lists them, the next one first. */
    @GetMapping
    ScheduledPage list(
            @RequestParam(defaultValue = OperatorApi.FIRST_PAGE) int page,
            @RequestParam(defaultValue = OperatorApi.PAGE_SIZE) int size) {
        return new ScheduledPage(
                outbox.scheduled(OperatorApi.offset(page, size), size), page, size, outbox.countScheduled());
    }

    /** A page of scheduled messages, the next one first, and how many there are in all. */
    record ScheduledPage(List<ScheduledRow> items, int page, int size, long total) {}

    /** Cancels one: it is never sent. */
    @PostMapping("/{id}/cancel")
    ScheduledRow cancel(@PathVariable long id, @Nullable Principal operator) {
        return outbox.cancel(id, Operator.name(operator))
                .orElseThrow(() -> OperatorProblem.NOT_FOUND.because("No row " + id
                        + " is scheduled in the outbox; it may have been sent or cancelled. Nothing was changed."));
    }
}
