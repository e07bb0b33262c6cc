package io.orderflow.order.web;

import static org.assertj.core.api.Assertions.assertThat;

import io.orderflow.order.RunningOrderService;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ShopPageTest extends RunningOrderService {

    @ParameterizedTest
    @CsvSource({"/,text/html", "/shop.js,text/javascript", "/shop.css,text/css", "/icon.svg,image/svg+xml"})
    void every_part_of_the_page_is_public_and_runs_nothing_of_others(String path, String type) throws Exception {
        HttpResponse<String> response = fetch(path);

        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.headers().firstValue("Content-Type"))
                .get()
                .asString()
                .startsWith(type);
        assertThat(response.headers().firstValue("Content-Security-Policy"))
                .get()
                .asString()
                .startsWith("default-src 'none'; script-src 'self'; style-src 'self';")
                .doesNotContain("unsafe");
        assertThat(response.headers().firstValue("X-Content-Type-Options")).contains("nosniff");
    }

    @Test
    void the_page_has_no_inline_script_or_style_and_its_script_parses_no_html() throws Exception {
        assertThat(fetch("/").body())
                .doesNotContainPattern("<script(?![^>]*src=)|<style|\\sstyle=|\\son\\w+=|javascript:");
        assertThat(fetch("/shop.js").body())
                .doesNotContain("innerHTML", "outerHTML", "insertAdjacentHTML", "document.write", "eval(");
    }

    private HttpResponse<String> fetch(String path) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://localhost:" + port() + path))
                .build();
        return HttpClient.newHttpClient().send(request, BodyHandlers.ofString());
    }
}
