package io.orderflow.order.domain;

import java.util.Collection;
import java.util.List;

/** The repository of products. */
public interface Products {

    /** In the order of their sku. */
    List<Product> all();

    /** The existing products with these keys. */
    List<Product> find(Collection<String> skus);
}
