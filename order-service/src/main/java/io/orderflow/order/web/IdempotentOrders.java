package io.orderflow.order.web;

import io.orderflow.order.usecases.Answer;
import io.orderflow.order.usecases.NewOrder;
import io.orderflow.order.usecases.OncePerKey;
import io.orderflow.order.usecases.PlaceOrder;
import io.orderflow.service.Problem;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/**
 * Makes a repeated {@code POST /orders} safe. A key belongs to no customer but to this service: a client makes it long and
 * random.
 */
@Component
class IdempotentOrders {

    static final String HEADER = "Idempotency-Key";

    private static final Pattern KEY = Pattern.compile("[\\x21-\\x7E]{1,255}");

    private final OncePerKey oncePerKey;
    private final PlaceOrder placeOrder;
    private final JsonMapper json;

    IdempotentOrders(OncePerKey oncePerKey, PlaceOrder placeOrder, JsonMapper json) {
        this.oncePerKey = oncePerKey;
        this.placeOrder = placeOrder;
        this.json = json;
    }

    Answer place(@Nullable String key, PlaceOrderRequest request) {
        NewOrder order = request.order();
        if (key == null) {
            return place(order);
        }
        if (!KEY.matcher(key).matches()) {
            throw Problem.invalid(HEADER, "must be 1 to 255 visible ASCII characters");
        }
        return oncePerKey.once(key, RequestFingerprint.of(order), () -> place(order));
    }

    private Answer place(NewOrder order) {
        OrderView view = OrderView.of(placeOrder.place(order));
        return new Answer(HttpStatus.ACCEPTED.value(), view.links().self(), json.writeValueAsString(view));
    }
}
