package io.orderflow.order.web;

import io.orderflow.order.domain.OrderLine;
import io.orderflow.order.domain.Priority;
import io.orderflow.order.domain.ShippingQuotes;
import io.orderflow.order.usecases.QuoteShipping;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;

/** Quotes the price of shipping over HTTP; nothing is stored. */
@RestController
class ShippingQuoteController {

    record QuoteRequest(
            @Nullable @Pattern(regexp = "standard|express", message = "must be standard or express")
            String priority,

            @NotNull @Min(1) @Max(OrderLine.MAX_QUANTITY) Integer articles) {}

    record QuoteView(BigDecimal price, String currency, int days) {}

    private final QuoteShipping quotes;

    ShippingQuoteController(QuoteShipping quotes) {
        this.quotes = quotes;
    }

    /** The price of a shipment. */
    @PostMapping("/shipping-quotes")
    QuoteView quote(@Valid @RequestBody QuoteRequest request) {
        Priority priority = request.priority() == null ? Priority.STANDARD : Priority.of(request.priority());
        ShippingQuotes.Quote quote = quotes.quote(priority, request.articles());
        return new QuoteView(quote.price(), quote.currency(), quote.days());
    }
}
