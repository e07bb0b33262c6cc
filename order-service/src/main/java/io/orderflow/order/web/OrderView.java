package io.orderflow.order.web;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonInclude.Include;
import io.orderflow.order.domain.Order;
import io.orderflow.order.domain.OrderLine;
import io.orderflow.order.domain.OrderStatus;
import io.orderflow.order.domain.Parcel;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** An order as JSON. Anyone who knows its id can read it, so it contains no e-mail address. */
@JsonInclude(Include.NON_NULL)
record OrderView(
        UUID id,
        OrderStatus status,
        String customerId,
        String priority,
        List<Item> items,
        BigDecimal total,
        String currency,
        @Nullable String reason,
        @Nullable Parcel shipment,
        Instant placedAt,
        Instant changedAt,
        Links links) {

    record Item(String sku, int quantity, BigDecimal unitPrice, BigDecimal amount) {

        static Item of(OrderLine line) {
            return new Item(line.sku(), line.quantity(), line.unitPrice(), line.amount());
        }
    }

    record Links(String self, String timeline, String cancellation) {}

    /** @param base the path of this service, before that of its resources */
    static OrderView of(Order order, String base) {
        String self = base + "/orders/" + order.id();
        return new OrderView(
                order.id(),
                order.status(),
                order.customerId(),
                order.priority().toString(),
                order.lines().stream().map(Item::of).toList(),
                order.total(),
                Order.CURRENCY,
                order.reason(),
                order.parcel(),
                order.placedAt(),
                order.changedAt(),
                new Links(self, self + "/timeline", self + "/cancellation"));
    }
}
