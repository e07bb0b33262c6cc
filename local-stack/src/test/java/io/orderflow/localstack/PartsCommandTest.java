package io.orderflow.localstack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PartsCommandTest {

    @Test
    void properties_are_for_a_start() {
        assertThat(PartsCommand.command("start", "shipping", "a=1", "b=2"))
                .containsExactly("start", "shipping", "a=1", "b=2");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "stop", "stop shipping a=1", "kill", "duplicate", "explode shipping", "stop --all"})
    void another_command_is_refused(String command) {
        assertThatThrownBy(() -> PartsCommand.command(command.split(" "))).isInstanceOf(StackException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "refuse", "refuse 250", "refuse all", "accept 250", "list 3"})
    void a_command_for_mails_is_checked(String command) {
        assertThatThrownBy(() -> Mails.parse(command.split(" "))).isInstanceOf(StackException.class);
    }
}
