package io.orderflow.localstack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DeadLettersTest {

    @Test
    void a_filter_and_options_may_come_in_any_order() {
        CommandLine line = parse("redrive --rate 7 --group mail --dry-run --service email --port-offset 9");
        assertThat(line.options(Set.of("group", "topic", "type"))).isEqualTo(Map.of("group", "mail"));
        assertThat(line.number("rate", 0)).isEqualTo(7);
        assertThat(line.has("dry-run")).isTrue();
        assertThat(line.has("go-on")).isFalse();
        assertThat(line.services()).isEqualTo(List.of("email"));
        assertThat(line.portOffset()).isEqualTo(9);
    }

    @Test
    void dead_letters_are_named_by_service_and_id() {
        assertThat(parse("discard inventory:17 email-service:4").operands().stream()
                        .map(ServiceItem::parse))
                .extracting(Object::toString)
                .containsExactly("inventory:17", "email:4");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "revive",
                "list --colour red",
                "list --group",
                "show",
                "show 17",
                "show stock:17",
                "show inventory:../1",
                "redrive",
                "redrive --dry-run",
                "redrive inventory:1 --all",
                "list --port-offset x"
            })
    void invalid_arguments_are_rejected(String line) {
        assertThatThrownBy(() -> parse(line).portOffset()).isInstanceOf(StackException.class);
    }

    @Test
    void control_characters_of_cells_are_replaced() {
        String table = new Table("A", "B").line("x\u001b[2J\u202ey\nz", "b").toString();
        assertThat(table).isEqualTo("A          B\nx?[2J?y z  b\n");
    }

    private static CommandLine parse(String line) {
        return DeadLetters.parse(line.isEmpty() ? new String[0] : line.split(" "));
    }
}
