package io.orderflow.service.operations;

import io.orderflow.messaging.outbox.OutboxOperations;
import io.orderflow.messaging.outbox.ParkedRow;
import io.orderflow.service.Page;
import io.orderflow.service.Paging;
import io.orderflow.service.Problem;
import jakarta.validation.Valid;
import java.security.Principal;
import org.springframework.web.ErrorResponseException;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** The parked rows of this service's outbox: list them, have one sent again or delete it. */
@RestController
@RequestMapping(OutboxController.PATH)
class OutboxController {

    static final String PATH = "/outbox/parked";

    private final OutboxOperations outbox;

    OutboxController(OutboxOperations outbox) {
        this.outbox = outbox;
    }

    @GetMapping
    Page<ParkedRow> list(@Valid Paging paging) {
        return Page.of(outbox.parked(paging.offset(), paging.size()), paging, outbox.count());
    }

    @PostMapping("/{id}/release")
    ParkedRow release(@PathVariable long id, Principal operator) {
        return outbox.release(id, operator.getName()).orElseThrow(() -> notParked(id));
    }

    @PostMapping("/{id}/delete")
    ParkedRow delete(@PathVariable long id, Principal operator) {
        return outbox.delete(id, operator.getName()).orElseThrow(() -> notParked(id));
    }

    private static ErrorResponseException notParked(long id) {
        return Problem.NOT_FOUND.because(
                "No row " + id
                        + " is parked in the outbox. If there was one, it was released and sent, or deleted; nothing was done now.");
    }
}
