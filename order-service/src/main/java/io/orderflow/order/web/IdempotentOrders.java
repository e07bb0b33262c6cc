package io.orderflow.order.web;

import io.orderflow.order.usecases.Answer;
import io.orderflow.order.usecases.NewOrder;
import io.orderflow.order.usecases.OncePerKey;
import io.orderflow.order.usecases.PlaceOrder;
import io.orderflow.service.Problem;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/**
 * Makes a repeated {@code POST /orders} safe. A key belongs to no customer but to this service: a client makes it long and
 * random. Two bodies are the same if they ask for the same, whatever their spaces and the order of their fields,
 * and whether they say what goes without saying.
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
        return oncePerKey.once(key, fingerprint(order), () -> place(order));
    }

    private Answer place(NewOrder order) {
        OrderView view = OrderView.of(placeOrder.place(order));
        return new Answer(HttpStatus.ACCEPTED.value(), view.links().self(), json.writeValueAsString(view));
    }

    private String fingerprint(NewOrder order) {
        try {
            byte[] canonical = json.writeValueAsString(order).getBytes(StandardCharsets.UTF_8);
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(canonical));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every JDK has SHA-256.", e);
        }
    }
}
