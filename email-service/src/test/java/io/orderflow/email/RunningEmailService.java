package io.orderflow.email;

import io.orderflow.messaging.testkit.service.RunningService;

/** The whole service; all tests that extend this share it. */
public abstract class RunningEmailService extends RunningService {

    protected RunningEmailService() {
        super("contacts.email.dlq", "orders.email.dlq", "shipping.email.dlq");
    }
}
