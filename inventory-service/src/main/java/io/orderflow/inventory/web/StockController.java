package io.orderflow.inventory.web;

import io.orderflow.inventory.domain.StockLevel;
import io.orderflow.inventory.usecases.ViewStock;
import io.orderflow.service.Cursors;
import io.orderflow.service.Page;
import io.orderflow.service.Paging;
import io.orderflow.service.Problem;
import jakarta.validation.Valid;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;

/** What is in stock. */
@RestController
class StockController {

    private static final Cursors<String> CURSORS = new Cursors<>("stock", String::valueOf);

    private final ViewStock stock;

    StockController(ViewStock stock) {
        this.stock = stock;
    }

    /** All articles by their SKU. */
    @GetMapping("/stock")
    Page<StockLevel> list(@Valid Paging paging) {
        return CURSORS.page(stock.list(CURSORS.after(paging), paging.limit()), paging, StockLevel::sku);
    }

    /** One article. */
    @GetMapping("/stock/{sku}")
    StockLevel level(@PathVariable String sku) {
        return stock.find(sku).orElseThrow(() -> Problem.NOT_FOUND.because("There is no article with this sku."));
    }
}
