package io.orderflow.order.web;

import io.orderflow.order.domain.Order;
import io.orderflow.order.domain.Product;
import io.orderflow.order.usecases.ChangePrice;
import io.orderflow.order.usecases.ListProducts;
import jakarta.validation.Valid;
import jakarta.validation.constraints.DecimalMax;
import jakarta.validation.constraints.DecimalMin;
import jakarta.validation.constraints.Digits;
import jakarta.validation.constraints.NotNull;
import java.math.BigDecimal;
import java.util.List;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;

/** Products and their prices. */
@RestController
class ProductController {

    record ProductView(String sku, String name, BigDecimal price, String currency) {

        static ProductView of(Product product) {
            return new ProductView(product.sku(), product.name(), product.price(), Order.CURRENCY);
        }
    }

    /** Not paged: a demo has a dozen. */
    record ProductList(List<ProductView> items) {}

    record PriceView(String sku, BigDecimal price, String currency) {}

    /** The body of {@code PUT /products/{sku}/price}, in EUR. */
    record PriceRequest(
            @NotNull @DecimalMin("0.01") @DecimalMax("100000.00") @Digits(integer = 6, fraction = 2)
            BigDecimal price) {}

    private final ListProducts products;
    private final ChangePrice prices;

    ProductController(ListProducts products, ChangePrice prices) {
        this.products = products;
        this.prices = prices;
    }

    /** Changes a price, for orders that are placed from then on. For operators. */
    @PutMapping("/products/{sku}/price")
    PriceView changePrice(@PathVariable String sku, @Valid @RequestBody PriceRequest request) {
        prices.change(sku, request.price());
        return new PriceView(sku, request.price(), Order.CURRENCY);
    }

    /** All products. */
    @GetMapping("/products")
    ProductList all() {
        return new ProductList(products.all().stream().map(ProductView::of).toList());
    }
}
