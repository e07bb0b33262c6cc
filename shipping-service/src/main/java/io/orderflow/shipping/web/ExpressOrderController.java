package io.orderflow.shipping.web;

import io.orderflow.events.OrderId;
import io.orderflow.service.Cursors;
import io.orderflow.service.Page;
import io.orderflow.service.Paging;
import io.orderflow.shipping.domain.ExpressOrder;
import io.orderflow.shipping.usecases.PrepareExpressOrders;
import jakarta.validation.Valid;
import java.time.Instant;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** Orders to be prepared before their stock is reserved. */
@RestController
class ExpressOrderController {

    private static final Cursors<OrderId> CURSORS = new Cursors<>("express-orders", OrderId::of);

    /** The public view of an express order. */
    record ExpressOrderView(String orderId, Instant placedAt) {}

    private final PrepareExpressOrders orders;

    ExpressOrderController(PrepareExpressOrders orders) {
        this.orders = orders;
    }

    /** The latest express orders first. */
    @GetMapping("/express-orders")
    Page<ExpressOrderView> list(@Valid Paging paging) {
        return CURSORS.page(orders.list(CURSORS.after(paging), paging.limit()), paging, ExpressOrder::orderId)
                .map(each -> new ExpressOrderView(each.orderId().value(), each.placedAt()));
    }
}
