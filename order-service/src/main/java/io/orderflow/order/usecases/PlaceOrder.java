package io.orderflow.order.usecases;

import io.orderflow.order.domain.Change;
import io.orderflow.order.domain.Order;
import io.orderflow.order.domain.OrderLine;
import io.orderflow.order.domain.Product;
import io.orderflow.order.domain.Products;
import io.orderflow.order.usecases.NewOrder.Item;
import io.orderflow.order.usecases.RefusedItemsException.Refused;
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

/** Places an order at our own prices. */
@Service
public class PlaceOrder {

    private final Products products;
    private final OrderLedger ledger;
    private final InstantSource clock;

    PlaceOrder(Products products, OrderLedger ledger, InstantSource clock) {
        this.products = products;
        this.ledger = ledger;
        this.clock = clock;
    }

    /** @throws RefusedItemsException if an article is unknown or named twice; then nothing is stored */
    @Transactional
    public Order place(NewOrder request) {
        UUID id = UUID.randomUUID();
        Instant now = clock.instant();
        Change placed = Order.place(id, request.customer().id(), request.priority(), lines(request.items()), now);
        ledger.open(placed, request.customer().contactFor(id, now));
        return placed.order();
    }

    private List<OrderLine> lines(List<Item> items) {
        Set<String> skus = items.stream().map(Item::sku).collect(Collectors.toSet());
        Map<String, Product> known =
                products.find(skus).stream().collect(Collectors.toMap(Product::sku, Function.identity()));
        List<OrderLine> lines = new ArrayList<>();
        List<Refused> refused = new ArrayList<>();
        Set<String> seen = new HashSet<>();
        for (int i = 0; i < items.size(); i++) {
            Item item = items.get(i);
            Product product = known.get(item.sku());
            if (product == null) {
                refused.add(new Refused(i, "is not an article we sell"));
            } else if (!seen.add(item.sku())) {
                refused.add(new Refused(i, "names an article that stands in the order already"));
            } else {
                lines.add(new OrderLine(item.sku(), item.quantity(), product.price()));
            }
        }
        if (!refused.isEmpty()) {
            throw new RefusedItemsException(refused);
        }
        return lines;
    }
}
