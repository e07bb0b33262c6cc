package io.orderflow.inventory.usecases;

import io.orderflow.events.OrderId;
import io.orderflow.inventory.domain.Reservation;
import io.orderflow.inventory.domain.Reservations;
import io.orderflow.inventory.domain.Stock;
import io.orderflow.inventory.domain.StockLevel;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;

/** Reads committed stock levels and reservations. */
@Service
public class ViewStock {

    private final Stock stock;
    private final Reservations reservations;

    ViewStock(Stock stock, Reservations reservations) {
        this.stock = stock;
        this.reservations = reservations;
    }

    /** Those behind the article {@code after}, ordered by sku. */
    public List<StockLevel> list(@Nullable String after, int limit) {
        return stock.list(after, limit);
    }

    public Optional<StockLevel> find(String sku) {
        return stock.find(sku);
    }

    public Optional<Reservation> reservation(OrderId orderId) {
        return reservations.find(orderId);
    }
}
