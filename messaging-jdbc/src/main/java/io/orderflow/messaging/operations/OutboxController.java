package io.orderflow.messaging.operations;

import io.orderflow.messaging.outbox.OutboxOperations;
import io.orderflow.messaging.outbox.ParkedRow;
import java.security.Principal;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.web.ErrorResponseException;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** The parked rows of this application's outbox: list them, release one to be sent again, or delete it. */
@RestController
@RequestMapping(OperatorApi.OUTBOX)
class OutboxController {

    private final OutboxOperations outbox;

    OutboxController(OutboxOperations outbox) {
        this.outbox = outbox;
    }

    /** Lists the rows that the broker rejected. */
    @GetMapping
    ParkedPage list(
            @RequestParam(defaultValue = OperatorApi.FIRST_PAGE) int page,
            @RequestParam(defaultValue = OperatorApi.PAGE_SIZE) int size) {
        return new ParkedPage(outbox.parked(OperatorApi.offset(page, size), size), page, size, outbox.count());
    }

    /** A page of parked rows, and how many there are in all. */
    record ParkedPage(List<ParkedRow> items, int page, int size, long total) {}

    /** Has one sent again. */
    @PostMapping("/{id}/release")
    ParkedRow release(@PathVariable long id, @Nullable Principal operator) {
        return outbox.release(id, Operator.name(operator)).orElseThrow(() -> notParked(id));
    }

    /** Deletes one: its message is never sent. */
    @PostMapping("/{id}/delete")
    ParkedRow delete(@PathVariable long id, @Nullable Principal operator) {
        return outbox.delete(id, Operator.name(operator)).orElseThrow(() -> notParked(id));
    }

    private static ErrorResponseException notParked(long id) {
        return OperatorProblem.NOT_FOUND.because(
                "No row " + id + " is parked in the outbox; it may have been sent or deleted. Nothing was changed.");
    }
}
