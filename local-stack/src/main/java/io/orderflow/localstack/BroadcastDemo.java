package io.orderflow.localstack;

import java.io.PrintStream;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;

/**
 * {@code ./orderflow demo broadcast}: an operator changes a price, and every instance of order-service reads the prices again.
 *
 * @param orders the API of order-service
 * @param operator the same, with the operator's credentials
 */
record BroadcastDemo(ServiceClient orders, ServiceClient operator, PrintStream out) {

    /** Without the broadcast an instance would take a minute. */
    private static final Duration TIMEOUT = Duration.ofSeconds(30);

    private static final BigDecimal CENT = new BigDecimal("0.01");
    private static final long POLL_NANOS = 10_000_000;

    /** Returns whether all is as expected. */
    boolean run() {
        BigDecimal before = price();
        BigDecimal after = before.add(CENT);
        out.printf("%s costs %s%n", Demo.SKU, before.toPlainString());
        boolean changed = change(after);
        boolean restored = change(before);
        out.println(changed && restored ? "All as expected." : "Not all is as expected.");
        return changed && restored;
    }

    private boolean change(BigDecimal price) {
        operator.put("/products/" + Demo.SKU + "/price", Map.of("price", price));
        long start = System.nanoTime();
        while (price().compareTo(price) != 0) {
            if (System.nanoTime() - start > TIMEOUT.toNanos()) {
                out.printf("The instance that answered still has another price than %s.%n", price.toPlainString());
                return false;
            }
            LockSupport.parkNanos(POLL_NANOS);
        }
        long millis = (System.nanoTime() - start) / 1_000_000;
        out.printf("The operator sets %s; the instance that answers knew after %d ms%n", price.toPlainString(), millis);
        return true;
    }

    private BigDecimal price() {
        return orders.get("/products")
                .get("items")
                .valueStream()
                .filter(product -> product.get("sku").asString().equals(Demo.SKU))
                .findFirst()
                .map(product -> product.get("price"))
                .map(each -> each.decimalValue().setScale(2))
                .orElseThrow(() -> new StackException("order-service does not sell " + Demo.SKU + "."));
    }
}
