package io.orderflow.inventory.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.BDDMockito.given;

import io.orderflow.inventory.domain.StockLevel;
import io.orderflow.inventory.usecases.ViewStock;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.webmvc.test.autoconfigure.WebMvcTest;
import org.springframework.test.context.bean.override.mockito.MockitoBean;
import org.springframework.test.web.servlet.assertj.MockMvcTester;

@WebMvcTest(StockController.class)
class StockControllerTest {

    @Autowired
    MockMvcTester http;

    @MockitoBean
    ViewStock stock;

    @Test
    void a_page_of_articles() {
        given(stock.list("CABLE", 6)).willReturn(List.of(new StockLevel("MUG", 7, 2, 1)));

        assertThat(http.get().uri("/stock?size=5&cursor=c3RvY2sgQ0FCTEU"))
                .hasStatusOk()
                .bodyJson()
                .isStrictlyEqualTo("""
                {"items": [{"sku": "MUG", "available": 7, "reserved": 2, "shipped": 1}]}""");
    }

    @Test
    void an_invalid_page_is_rejected() {
        assertThat(http.get().uri("/stock?size=0"))
                .hasStatus(400)
                .bodyJson()
                .extractingPath("$.errors[0].field")
                .isEqualTo("size");
    }

    @Test
    void an_article() {
        given(stock.find("MUG")).willReturn(Optional.of(new StockLevel("MUG", 7, 2, 1)));

        assertThat(http.get().uri("/stock/MUG")).hasStatusOk().bodyJson().isStrictlyEqualTo("""
                {"sku": "MUG", "available": 7, "reserved": 2, "shipped": 1}""");
    }

    @Test
    void an_unknown_article_is_not_found() {
        assertThat(http.get().uri("/stock/UNICORN")).hasStatus(404).hasContentType("application/problem+json");
    }
}
