package io.orderflow.localstack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DeadLetterArgumentsTest {

    @Test
    void a_filter_and_options_may_come_in_any_order() {
        DeadLetterArguments arguments =
                parse("redrive --rate 7 --group mail --dry-run --service email --port-offset 9");
        assertThat(arguments.filter()).isEqualTo(Map.of("group", "mail"));
        assertThat(arguments.options()).isEqualTo(Map.of("rate", "7", "dry-run", "true"));
        assertThat(arguments.services()).isEqualTo(List.of(Service.EMAIL));
        assertThat(arguments.portOffset()).isEqualTo(9);
    }

    @Test
    void dead_letters_are_named_as_the_list_names_them() {
        assertThat(parse("discard inventory:17 email-service:4").letters())
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
    void what_cannot_be_understood_is_refused_with_a_sentence(String line) {
        assertThatThrownBy(() -> parse(line)).isInstanceOf(StackException.class);
    }

    @Test
    void what_somebody_else_wrote_cannot_move_the_cursor_or_break_a_line() {
        String table = new Table("A", "B").line("x\u001b[2J\u202ey\nz", "b").toString();
        assertThat(table).isEqualTo("A          B\nx?[2J?y z  b\n");
    }

    private static DeadLetterArguments parse(String line) {
        return DeadLetterArguments.parse(line.isEmpty() ? new String[0] : line.split(" "));
    }
}
