package io.orderflow.order.usecases;

import io.orderflow.order.domain.Change;
import io.orderflow.order.domain.Order;
import io.orderflow.order.domain.OrderLine;
import io.orderflow.order.domain.Product;
import io.orderflow.order.domain.Products;
import io.orderflow.order.usecases.InvalidItemsException.InvalidItem;
import io.orderflow.order.usecases.NewOrder.Item;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** Places an order at the current prices. */
@Service
public class PlaceOrder {

    private final Products products;
    private final OrderRecorder recorder;
    private final Caller caller;
    private final InstantSource clock;

    PlaceOrder(Products products, OrderRecorder recorder, Caller caller, InstantSource clock) {
        this.products = products;
        this.recorder = recorder;
        this.caller = caller;
        this.clock = clock;
    }

    /**
     * Places an order.
     *
     * @throws OtherCustomerException if the caller is another customer
     * @throws InvalidItemsException if a product is unknown or occurs twice; then nothing is stored
     */
    @Transactional
    public Order place(NewOrder request) {
        if (!caller.mayChangeOrdersOf(request.customer().id())) {
            throw new OtherCustomerException();
        }
        UUID id = UUID.randomUUID();
        Instant now = clock.instant();
        Change placed = Order.place(id, request.customer().id(), request.priority(), lines(request.items()), now);
        recorder.recordNew(placed, request.customer().contactFor(id, request.purchaseOrder(), now));
        return placed.order();
    }

    private List<OrderLine> lines(List<Item> items) {
        Set<String> skus = items.stream().map(Item::sku).collect(Collectors.toSet());
        Map<String, Product> known =
                products.find(skus).stream().collect(Collectors.toMap(Product::sku, Function.identity()));
        List<OrderLine> lines = new ArrayList<>();
        List<InvalidItem> invalid = new ArrayList<>();
        Set<String> seen = new HashSet<>();
        for (int i = 0; i < items.size(); i++) {
            Item item = items.get(i);
            Product product = known.get(item.sku());
            if (product == null) {
                invalid.add(new InvalidItem(i, "is not a product on sale"));
            } else if (!seen.add(item.sku())) {
                invalid.add(new InvalidItem(i, "occurs more than once in this order"));
            } else {
                lines.add(new OrderLine(item.sku(), item.quantity(), product.price()));
            }
        }
        if (!invalid.isEmpty()) {
            throw new InvalidItemsException(invalid);
        }
        return lines;
    }
}
