package io.orderflow.order.web;

import io.orderflow.order.domain.Order;
import io.orderflow.order.usecases.CancelOrder;
import io.orderflow.order.usecases.FindOrders;
import io.orderflow.order.usecases.PlaceOrder;
import io.orderflow.service.Cursors;
import io.orderflow.service.Page;
import io.orderflow.service.Paging;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Pattern;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.context.request.async.DeferredResult;

/** Places, shows and cancels orders over HTTP. */
@RestController
@RequestMapping("/orders")
class OrderController {

    private static final Cursors<UUID> CURSORS = new Cursors<>("orders", UUID::fromString);

    private final PlaceOrder placeOrder;
    private final CancelOrder cancelOrder;
    private final FindOrders findOrders;
    private final OrderResponses responses;

    OrderController(PlaceOrder placeOrder, CancelOrder cancelOrder, FindOrders findOrders, OrderResponses responses) {
        this.placeOrder = placeOrder;
        this.cancelOrder = cancelOrder;
        this.findOrders = findOrders;
        this.responses = responses;
    }

    /** Places an order. The order exists when this is answered, as PENDING: its stock is reserved afterwards. */
    @ResponseStatus(HttpStatus.CREATED)
    @PostMapping(consumes = MediaType.APPLICATION_JSON_VALUE)
    ResponseEntity<OrderView> place(@Valid @RequestBody PlaceOrderRequest request) {
        OrderView order = OrderView.of(placeOrder.place(request.order()), OrderResponses.base());
        return ResponseEntity.created(OrderResponses.absolute(order.links().self()))
                .body(order);
    }

    /**
     * One order. Its version is the ETag, so that {@code If-None-Match} is answered with 304 if it has not changed.
     *
     * @param prefer {@code wait=10} delays the response until the order has changed, by at most 10 seconds; 30 is the maximum
     */
    @GetMapping("/{id}")
    DeferredResult<ResponseEntity<OrderView>> one(
            @PathVariable UUID id,
            @RequestHeader(name = HttpHeaders.IF_NONE_MATCH, required = false) @Nullable List<String> eTags,
            @RequestHeader(name = WaitPreference.HEADER, required = false) @Nullable List<String> prefer) {
        return responses.get(id, eTags, WaitPreference.of(prefer));
    }

    /** The orders of one customer, or of all; the latest first. */
    @GetMapping
    Page<OrderView> list(
            @RequestParam(required = false)
                    @Pattern(regexp = PlaceOrderRequest.NAME, message = PlaceOrderRequest.NAME_MESSAGE)
                    @Nullable
                    String customerId,
            @Valid Paging paging) {
        String base = OrderResponses.base();
        return CURSORS.page(findOrders.list(customerId, CURSORS.after(paging), paging.limit()), paging, Order::id)
                .map(order -> OrderView.of(order, base));
    }

    /** What happened to an order, the oldest first. */
    @GetMapping("/{id}/timeline")
    TimelineView timeline(@PathVariable UUID id) {
        return TimelineView.of(id, findOrders.timeline(id));
    }

    /** Cancels an order, at once or, once shipping was requested, unless it is shipped before. */
    @ResponseStatus(HttpStatus.ACCEPTED)
    @PostMapping("/{id}/cancellation")
    ResponseEntity<OrderView> cancel(@PathVariable UUID id) {
        OrderView view = OrderView.of(cancelOrder.cancel(id), OrderResponses.base());
        return ResponseEntity.accepted()
                .location(OrderResponses.absolute(view.links().self()))
                .body(view);
    }
}
