package io.orderflow.localstack;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class GroupsTest {

    private final List<String> asked = new ArrayList<>();
    private final ByteArrayOutputStream printed = new ByteArrayOutputStream();
    private HttpServer service;

    @BeforeEach
    void start() throws IOException {
        service = HttpServer.create(new InetSocketAddress(InetAddress.getByName("localhost"), 0), 0);
        service.start();
    }

    @AfterEach
    void end() {
        service.stop(0);
    }

    @Test
    void groups_are_listed_with_their_backlog() {
        answer("/groups", 200, """
                {"items": [{"topic": "orders", "group": "email", "messages": 3, "hasMembers": false, "configured": true}]}""");

        assertThat(run("list --service order")).isTrue();

        assertThat(printed.toString(UTF_8)).isEqualTo("""
                TOPIC   GROUP  BACKLOG  MEMBERS
                orders  email  3        none
                """);
    }

    @Test
    void a_group_is_removed_where_it_is() {
        answer("/groups", 200, """
                {"items": [{"topic": "orders", "group": "old", "messages": 3, "hasMembers": false, "configured": false}]}""");
        answer("/groups/orders/old/remove", 200, "{\"messages\": 3}");

        assertThat(run("remove orders old")).isTrue();

        assertThat(asked).containsExactly("GET /groups", "POST /groups/orders/old/remove");
        assertThat(printed.toString(UTF_8)).contains("'old' of topic 'orders' is removed, with 3 message(s)");
    }

    @Test
    void a_group_that_is_nowhere_makes_the_command_fail() {
        answer("/groups", 200, "{\"items\": []}");

        assertThat(run("remove orders old")).isFalse();

        assertThat(printed.toString(UTF_8)).contains("no group 'old' of a topic 'orders'");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "show", "list orders", "remove", "remove orders", "remove a b c", "list --colour"})
    void what_cannot_be_understood_is_refused_with_a_sentence(String line) {
        assertThatThrownBy(() -> parse(line)).isInstanceOf(StackException.class).hasMessageContaining("usage:");
    }

    private boolean run(String line) {
        URI address = URI.create("http://localhost:" + service.getAddress().getPort());
        return Groups.run(
                parse(line),
                each -> new ManagementPort(each, address, new Operator("ada", "secret")),
                new PrintStream(printed, true, UTF_8));
    }

    private static GroupArguments parse(String line) {
        return GroupArguments.parse(line.isEmpty() ? new String[0] : line.split(" "));
    }

    private void answer(String path, int status, String body) {
        byte[] bytes = body.getBytes(UTF_8);
        service.createContext(path, exchange -> {
            asked.add(exchange.getRequestMethod() + " " + exchange.getRequestURI());
            exchange.sendResponseHeaders(status, bytes.length);
            exchange.getResponseBody().write(bytes);
            exchange.close();
        });
    }
}
