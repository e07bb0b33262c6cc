package io.orderflow.order.web;

import io.orderflow.order.usecases.CancelOrder;
import io.orderflow.order.usecases.FindOrders;
import io.orderflow.order.usecases.StoredResponses.Response;
import io.orderflow.service.Page;
import io.orderflow.service.Paging;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Pattern;
import java.net.URI;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.servlet.support.ServletUriComponentsBuilder;

/** Places, shows and cancels orders over HTTP. */
@RestController
@RequestMapping("/orders")
class OrderController {

    private final IdempotentOrders idempotentOrders;
    private final CancelOrder cancelOrder;
    private final FindOrders findOrders;

    OrderController(IdempotentOrders idempotentOrders, CancelOrder cancelOrder, FindOrders findOrders) {
        this.idempotentOrders = idempotentOrders;
        this.cancelOrder = cancelOrder;
        this.findOrders = findOrders;
    }

    @PostMapping(consumes = MediaType.APPLICATION_JSON_VALUE)
    ResponseEntity<String> place(
            @RequestHeader(name = IdempotentOrders.HEADER, required = false) @Nullable String key,
            @Valid @RequestBody PlaceOrderRequest request) {
        Response response = idempotentOrders.place(key, request);
        return ResponseEntity.status(response.status())
                .location(absolute(response.location()))
                .contentType(MediaType.APPLICATION_JSON)
                .body(response.body());
    }

    @GetMapping("/{id}")
    OrderView one(@PathVariable UUID id) {
        return OrderView.of(findOrders.byId(id));
    }

    @GetMapping
    Page<OrderView> list(
            @RequestParam(required = false)
                    @Pattern(regexp = PlaceOrderRequest.NAME, message = PlaceOrderRequest.NAME_MESSAGE)
                    @Nullable
                    String customerId,
            @Valid Paging paging) {
        FindOrders.Found found = findOrders.list(customerId, paging.size(), paging.offset());
        return Page.of(found.orders(), paging, found.total()).map(OrderView::of);
    }

    @GetMapping("/{id}/timeline")
    TimelineView timeline(@PathVariable UUID id) {
        return TimelineView.of(id, findOrders.timeline(id));
    }

    @PostMapping("/{id}/cancellation")
    ResponseEntity<OrderView> cancel(@PathVariable UUID id) {
        OrderView order = OrderView.of(cancelOrder.cancel(id));
        return ResponseEntity.accepted()
                .location(absolute(order.links().self()))
                .body(order);
    }

    /** Clients need not resolve it. */
    private static URI absolute(String path) {
        return ServletUriComponentsBuilder.fromCurrentContextPath()
                .path(path)
                .build()
                .toUri();
    }
}
