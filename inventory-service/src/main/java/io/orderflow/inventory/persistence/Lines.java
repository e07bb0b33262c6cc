package io.orderflow.inventory.persistence;

import io.orderflow.inventory.domain.OrderLine;
import java.util.List;

/** Lines as the two arrays that {@code unnest} makes rows of. */
final class Lines {

    private Lines() {}

    static String[] skus(List<OrderLine> lines) {
        return lines.stream().map(OrderLine::sku).toArray(String[]::new);
    }

    static Integer[] quantities(List<OrderLine> lines) {
        return lines.stream().map(OrderLine::quantity).toArray(Integer[]::new);
    }
}
