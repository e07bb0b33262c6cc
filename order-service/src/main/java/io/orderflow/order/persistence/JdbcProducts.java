package io.orderflow.order.persistence;

import io.orderflow.order.domain.Product;
import io.orderflow.order.domain.Products;
import java.util.Collection;
import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

@Repository
class JdbcProducts implements Products {

    private final JdbcClient jdbc;

    JdbcProducts(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    @Override
    public List<Product> all() {
        return jdbc.sql("select sku, name, price from product order by sku")
                .query(Product.class)
                .list();
    }

    @Override
    public List<Product> find(Collection<String> skus) {
        return jdbc.sql("select sku, name, price from product where sku in (:skus)")
                .param("skus", skus)
                .query(Product.class)
                .list();
    }
}
