package io.orderflow.localstack;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ManagementPortTest {

    private final HttpServer service = server();

    @AfterEach
    void end() {
        service.stop(0);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '"', textBlock = """
                    {"detail": "There is none."} | There is none.
                    {"detail": "See errors.", "errors": [{"field": "state", "message": "must be one of A, B"}, {"field": "size", "message": "must be a number"}]} | state must be one of A, B; size must be a number
                    {"detail": "See errors.", "errors": []} | See errors.
                    {} | answered 400
                    <html> | answered 400
                    """)
    void what_a_service_refuses_is_told_with_its_reason(String answer, String reason) {
        answer(400, answer);
        ManagementPort port = new ManagementPort(
                Service.INVENTORY,
                URI.create("http://localhost:" + service.getAddress().getPort()),
                new Operator("ada", "secret"));

        assertThatThrownBy(() -> port.get("/dead-letters"))
                .isInstanceOf(StackException.class)
                .hasMessage("inventory-service: " + reason);
    }

    private void answer(int status, String body) {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        service.createContext("/", exchange -> {
            exchange.sendResponseHeaders(status, bytes.length);
            exchange.getResponseBody().write(bytes);
            exchange.close();
        });
        service.start();
    }

    private static HttpServer server() {
        try {
            return HttpServer.create(new InetSocketAddress(InetAddress.getByName("localhost"), 0), 0);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }
}
