package io.orderflow.order.web;

import io.orderflow.order.domain.Order;
import io.orderflow.order.domain.Product;
import io.orderflow.order.usecases.ListProducts;
import java.math.BigDecimal;
import java.util.List;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** Lists the products over HTTP. */
@RestController
class ProductController {

    record ProductView(String sku, String name, BigDecimal price, String currency) {

        static ProductView of(Product product) {
            return new ProductView(product.sku(), product.name(), product.price(), Order.CURRENCY);
        }
    }

    /** Not paged: a demo has a dozen. */
    record ProductList(List<ProductView> items) {}

    private final ListProducts products;

    ProductController(ListProducts products) {
        this.products = products;
    }

    @GetMapping("/products")
    ProductList all() {
        return new ProductList(products.all().stream().map(ProductView::of).toList());
    }
}
