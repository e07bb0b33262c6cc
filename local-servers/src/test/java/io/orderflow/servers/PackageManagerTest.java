package io.orderflow.servers;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PackageManagerTest {

    @ParameterizedTest
    @CsvSource({
        "apt-get, sudo apt-get install rabbitmq-server",
        "dnf, sudo dnf install rabbitmq-server",
        "pacman, sudo pacman -S rabbitmq",
        "apk, sudo apk add rabbitmq-server",
        "brew, brew install rabbitmq"
    })
    void the_command_is_that_of_the_platform(String installed, String command) {
        assertThat(PackageManager.advice("rabbitmq-server", installed::equals)).isEqualTo("Install it: " + command);
    }

    @Test
    void without_a_known_package_manager_all_commands_are_named() {
        assertThat(PackageManager.advice("rabbitmq-server", program -> false))
                .contains("apt-get install rabbitmq-server")
                .contains("brew install rabbitmq");
    }
}
