package io.orderflow.service.security;

import static org.assertj.core.api.Assertions.assertThat;

import io.orderflow.service.security.RunningApplication.Response;
import java.util.List;
import org.junit.jupiter.api.Test;

class DocumentationPagesTest {

    @Test
    void eachPortShowsTheDocumentOfItsApiAndWhatItsProblemsMean() {
        try (RunningApplication service = new RunningApplication(
                "spring.application.name=inventory-service",
                "management.server.port=0",
                "server.servlet.context-path=/shop",
                "orderflow.operator.password=a good password")) {
            assertThat(service.onPublicPort("/shop/docs")
                            .headers()
                            .get("location")
                            .get(0))
                    .endsWith("/shop/docs/index.html");
            for (String page : List.of("index.html", "swagger-ui-bundle.js", "swagger-ui.css")) {
                assertThat(service.onPublicPort("/shop/docs/" + page).status())
                        .as(page)
                        .isEqualTo(200);
            }
            assertThat(service.onPublicPort("/shop/docs/openapi.json")
                            .json()
                            .at("/info/title")
                            .asString())
                    .isEqualTo("inventory-service");

            Response missing = service.onPublicPort("/shop/nothing");
            assertThat(missing.json().get("type").asString()).isEqualTo("/shop/docs/problems.html#not-found");
            assertThat(service.onPublicPort("/shop/docs/problems.html").body()).contains("id=\"not-found\"");

            assertThat(service.get("/docs/openapi.json", null).status()).isEqualTo(401);
            assertThat(service.get("/docs/openapi.json", RunningApplication.OPERATOR)
                            .json()
                            .at("/info/title")
                            .asString())
                    .isEqualTo("The operator API of each service");
            assertThat(service.get("/docs/index.html", RunningApplication.OPERATOR)
                            .status())
                    .isEqualTo(200);
            assertThat(service.get("/dead-letters/7", RunningApplication.OPERATOR)
                            .json()
                            .get("type")
                            .asString())
                    .isEqualTo("/docs/problems.html#not-found");
        }
    }
}
