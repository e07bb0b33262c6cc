package io.orderflow.order.usecases;

import io.orderflow.order.domain.Product;
import io.orderflow.order.domain.Products;
import java.util.List;
import org.springframework.stereotype.Service;

/** Lists the products on sale. */
@Service
public class ListProducts {

    private final Products products;

    ListProducts(Products products) {
        this.products = products;
    }

    /** In the order of their sku. */
    public List<Product> all() {
        return products.all();
    }
}
