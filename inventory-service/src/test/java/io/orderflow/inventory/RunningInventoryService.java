package io.orderflow.inventory;

import io.orderflow.messaging.testkit.service.RunningService;

/** The whole service; all tests that extend this share it. */
public abstract class RunningInventoryService extends RunningService {

    protected RunningInventoryService() {
        super("inventory", "orders.inventory.dlq");
    }
}
