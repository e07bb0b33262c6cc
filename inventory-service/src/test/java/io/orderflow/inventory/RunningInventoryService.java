package io.orderflow.inventory;

import io.orderflow.messaging.testkit.service.RunningService;

/** The whole service. */
public abstract class RunningInventoryService extends RunningService {

    protected RunningInventoryService() {
        super("inventory", "orders.inventory.dlq");
    }
}
