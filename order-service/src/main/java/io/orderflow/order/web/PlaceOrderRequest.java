package io.orderflow.order.web;

import io.orderflow.events.EmailAddress;
import io.orderflow.order.domain.Customer;
import io.orderflow.order.domain.Order;
import io.orderflow.order.domain.OrderLine;
import io.orderflow.order.domain.Priority;
import io.orderflow.order.usecases.NewOrder;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotEmpty;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The body of {@code POST /orders}. */
record PlaceOrderRequest(
        @NotNull @Pattern(regexp = PlaceOrderRequest.NAME, message = PlaceOrderRequest.NAME_MESSAGE)
        String customerId,

        @NotNull @Pattern(regexp = EmailAddress.PATTERN, message = "must be an address that a mail can be sent to")
        String email,

        @Nullable @Pattern(regexp = "standard|express", message = "must be standard or express")
        String priority,

        @NotEmpty @Size(max = Order.MAX_LINES) List<@NotNull @Valid Item> items,

        @Nullable
        @Size(max = PlaceOrderRequest.MAX_DOCUMENT)
        @Pattern(regexp = PlaceOrderRequest.TEXT, message = "must be text without null characters")
        String purchaseOrder) {

    record Item(
            @NotNull @Pattern(regexp = PlaceOrderRequest.NAME, message = PlaceOrderRequest.NAME_MESSAGE)
            String sku,

            @NotNull @Min(1) @Max(OrderLine.MAX_QUANTITY) Integer quantity) {}

    /** A request with a longer document does not fit into the largest body. */
    static final int MAX_DOCUMENT = 200_000;

    /** What can be encoded and stored: no null character and no half of a surrogate pair. */
    static final String TEXT = "[^\\u0000\\uD800-\\uDFFF]*";

    static final String NAME = "[A-Za-z0-9._:@+-]{1,64}";
    static final String NAME_MESSAGE = "must be 1 to 64 letters, digits or . _ : @ + -";

    NewOrder order() {
        return new NewOrder(
                new Customer(customerId, email),
                priority == null ? Priority.STANDARD : Priority.of(priority),
                items.stream()
                        .map(item -> new NewOrder.Item(item.sku(), item.quantity()))
                        .toList(),
                purchaseOrder);
    }
}
