package io.orderflow.email.web;

import io.orderflow.email.domain.EmailRecord;
import io.orderflow.email.usecases.ViewEmails;
import io.orderflow.events.OrderId;
import io.orderflow.service.Cursors;
import io.orderflow.service.Page;
import io.orderflow.service.Paging;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** E-mails that were sent or could not be sent. */
@RestController
class EmailController {

    private static final Cursors<EmailRecord.Key> CURSORS = new Cursors<>("emails", EmailRecord.Key::parse);

    private final ViewEmails records;

    EmailController(ViewEmails records) {
        this.records = records;
    }

    /** The e-mails about one order, or all; the latest first. */
    @GetMapping("/emails")
    Page<EmailView> list(
            @RequestParam(required = false) @Pattern(regexp = OrderId.PATTERN, message = "is not an order id") @Nullable
                    String orderId,
            @Valid Paging paging) {
        return CURSORS.page(records.list(orderId, CURSORS.after(paging), paging.limit()), paging, EmailRecord::key)
                .map(EmailView::of);
    }
}
