package io.orderflow.order.domain;

import java.util.Collection;
import java.util.List;

/** All articles. */
public interface Products {

    /** By sku. */
    List<Product> all();

    /** Those of these that there are. */
    List<Product> find(Collection<String> skus);
}
