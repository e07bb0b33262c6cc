package io.orderflow.inventory.persistence;

import io.orderflow.inventory.domain.OrderLine;
import java.util.List;

/** Order lines as two array parameters for {@code unnest}. */
final class Lines {

    private Lines() {}

    static String[] skus(List<OrderLine> lines) {
        return lines.stream().map(OrderLine::sku).toArray(String[]::new);
    }

    static Integer[] quantities(List<OrderLine> lines) {
        return lines.stream().map(OrderLine::quantity).toArray(Integer[]::new);
    }
}
