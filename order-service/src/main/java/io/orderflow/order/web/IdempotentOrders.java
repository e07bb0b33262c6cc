package io.orderflow.order.web;

import io.orderflow.order.usecases.IdempotencyKeys;
import io.orderflow.order.usecases.NewOrder;
import io.orderflow.order.usecases.PlaceOrder;
import io.orderflow.order.usecases.StoredResponses.Response;
import io.orderflow.service.Problem;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/**
 * Places an order once per idempotency key. Keys are not scoped to a customer, so a client chooses long random ones.
 */
@Component
class IdempotentOrders {

    static final String HEADER = "Idempotency-Key";

    private static final Pattern KEY = Pattern.compile("[\\x21-\\x7E]{1,255}");

    private final IdempotencyKeys keys;
    private final PlaceOrder placeOrder;
    private final JsonMapper json;

    IdempotentOrders(IdempotencyKeys keys, PlaceOrder placeOrder, JsonMapper json) {
        this.keys = keys;
        this.placeOrder = placeOrder;
        this.json = json;
    }

    Response place(@Nullable String key, PlaceOrderRequest request) {
        NewOrder order = request.order();
        if (key == null) {
            return place(order);
        }
        if (!KEY.matcher(key).matches()) {
            throw Problem.invalid(HEADER, "must be 1 to 255 visible ASCII characters");
        }
        return keys.execute(key, RequestFingerprint.of(order), () -> place(order));
    }

    private Response place(NewOrder order) {
        OrderView view = OrderView.of(placeOrder.place(order), OrderResponses.base());
        return new Response(HttpStatus.CREATED.value(), view.links().self(), json.writeValueAsString(view));
    }
}
