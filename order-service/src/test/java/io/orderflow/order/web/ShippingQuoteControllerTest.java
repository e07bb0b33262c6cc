package io.orderflow.order.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.BDDMockito.given;

import io.orderflow.order.domain.NoQuoteException;
import io.orderflow.order.domain.Priority;
import io.orderflow.order.domain.ShippingQuotes.Quote;
import io.orderflow.order.usecases.QuoteShipping;
import java.math.BigDecimal;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.webmvc.test.autoconfigure.AutoConfigureMockMvc;
import org.springframework.boot.webmvc.test.autoconfigure.WebMvcTest;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.test.context.bean.override.mockito.MockitoBean;
import org.springframework.test.web.servlet.assertj.MockMvcTester;
import org.springframework.test.web.servlet.assertj.MvcTestResult;

@WebMvcTest(ShippingQuoteController.class)
@AutoConfigureMockMvc(addFilters = false)
class ShippingQuoteControllerTest {

    @Autowired
    private MockMvcTester http;

    @MockitoBean
    private QuoteShipping quotes;

    @Test
    void aQuoteIsForStandardPriorityByDefault() {
        given(quotes.quote(Priority.STANDARD, 3)).willReturn(new Quote(new BigDecimal("4.90"), "EUR", 2));

        assertThat(post("{\"articles\": 3}")).hasStatusOk().bodyJson().isStrictlyEqualTo("""
                {"price": 4.90, "currency": "EUR", "days": 2}""");
    }

    @Test
    void anInvalidNumberOfArticlesIsRejected() {
        assertThat(post("{\"articles\": 0}"))
                .hasStatus(400)
                .bodyJson()
                .extractingPath("$.errors[0].field")
                .isEqualTo("articles");
    }

    @Test
    void aMissingReplyIsNotAnErrorOfTheClient() {
        given(quotes.quote(Priority.EXPRESS, 1)).willThrow(NoQuoteException.unanswered());

        assertThat(post("{\"articles\": 1, \"priority\": \"express\"}")).hasStatus(HttpStatus.GATEWAY_TIMEOUT);
    }

    private MvcTestResult post(String body) {
        return http.post()
                .uri("/shipping-quotes")
                .contentType(MediaType.APPLICATION_JSON)
                .content(body)
                .exchange();
    }
}
