package io.orderflow.localstack;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class GroupsTest {

    private final StubService service = new StubService();
    private final ByteArrayOutputStream printed = new ByteArrayOutputStream();

    @AfterEach
    void end() {
        service.close();
    }

    @Test
    void groups_are_listed_with_their_backlog() {
        service.answer("/groups", 200, """
                {"items": [{"topic": "orders", "group": "email", "broker": "kafka", "messages": 3, "hasMembers": false, "configured": true}]}""");

        assertThat(run("list --service order")).isTrue();

        assertThat(printed.toString(UTF_8)).isEqualTo("""
                TOPIC   GROUP  BROKER  BACKLOG  MEMBERS
                orders  email  kafka   3        none
                """);
    }

    @Test
    void a_group_is_removed_at_the_service_that_has_it() {
        service.answer("/groups", 200, """
                {"items": [{"topic": "orders", "group": "old", "broker": "kafka", "messages": 3, "hasMembers": false, "configured": false}]}""");
        service.answer("/groups/orders/old/remove", 200, "{\"messages\": 3}");

        assertThat(run("remove orders old")).isTrue();

        assertThat(service.asked()).containsExactly("GET /groups", "POST /groups/orders/old/remove");
        assertThat(printed.toString(UTF_8))
                .contains("'old' of topic 'orders' is removed, with a backlog of 3 message(s)");
    }

    @Test
    void removing_an_unknown_group_fails() {
        service.answer("/groups", 200, "{\"items\": []}");

        assertThat(run("remove orders old")).isFalse();

        assertThat(printed.toString(UTF_8)).contains("no group 'old' of a topic 'orders'");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "show", "list orders", "remove", "remove orders", "remove a b c", "list --colour"})
    void invalid_arguments_are_rejected_with_the_usage(String line) {
        assertThatThrownBy(() -> parse(line)).isInstanceOf(StackException.class).hasMessageContaining("usage:");
    }

    private boolean run(String line) {
        return new Groups(parse(line), service::port, new PrintStream(printed, true, UTF_8)).run();
    }

    private static CommandLine parse(String line) {
        return Groups.parse(line.isEmpty() ? new String[0] : line.split(" "));
    }
}
