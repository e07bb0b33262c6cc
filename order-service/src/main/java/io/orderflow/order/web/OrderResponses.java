package io.orderflow.order.web;

import io.orderflow.order.domain.Order;
import io.orderflow.order.usecases.FindOrders;
import java.net.URI;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Component;
import org.springframework.web.context.request.async.DeferredResult;
import org.springframework.web.servlet.support.ServletUriComponentsBuilder;

/** Responses with one order, whose ETag is the order's version. */
@Component
class OrderResponses {

    /** The ETag of an order that was just placed. */
    private static final String PLACED = "\"1\"";

    private final FindOrders orders;
    private final EventWaiters waiters;

    OrderResponses(FindOrders orders, EventWaiters waiters) {
        this.orders = orders;
        this.waiters = waiters;
    }

    /**
     * The order, as soon as its version is none that the client knows, at the latest when the client no longer waits. A client that names
     * no version knows the order as it was placed.
     */
    DeferredResult<ResponseEntity<OrderView>> get(UUID id, @Nullable List<String> eTags, WaitPreference wait) {
        List<String> known = eTags == null ? List.of(PLACED) : eTags;
        String base = base();
        DeferredResult<ResponseEntity<OrderView>> response =
                new DeferredResult<>(wait.time().plusSeconds(1).toMillis());
        waiters.await(wait.time(), isLast -> {
            Order order = orders.byId(id);
            if (isLast || !known.contains(eTag(order))) {
                response.setResult(
                        wait.applyTo(ResponseEntity.ok().eTag(eTag(order))).body(OrderView.of(order, base)));
            }
            return response.isSetOrExpired();
        });
        return response;
    }

    private static String eTag(Order order) {
        return "\"" + order.version() + "\"";
    }

    /** The path of this service as the client sees it: the prefix of a proxy, if it is trusted, and the context path. */
    static String base() {
        String path =
                ServletUriComponentsBuilder.fromCurrentContextPath().build().getPath();
        return path == null ? "" : path;
    }

    /** The absolute URI of a path that begins with {@link #base()}. */
    static URI absolute(String path) {
        return ServletUriComponentsBuilder.fromCurrentContextPath()
                .replacePath(path)
                .build()
                .toUri();
    }
}
