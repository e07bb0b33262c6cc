package io.orderflow.messaging.spring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.orderflow.messaging.MessageBroker;
import io.orderflow.messaging.memory.MemoryBroker;
import org.assertj.core.util.Throwables;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The token becomes part of a header, and a client's error about an invalid header contains it. */
@ExtendWith(OutputCaptureExtension.class)
class PayloadsTokenTest {

    /** A secret that is read from a file ends with a line break. */
    @Test
    void space_around_the_token_is_ignored() {
        try (ConfigurableApplicationContext application = start(" hidden\r\n")) {
            assertThat(application.getBean(MessagingProperties.class).payloads().token())
                    .isEqualTo("hidden");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"hidden\nvalue", "hidden value", "hidden\u00e4"})
    void a_token_that_no_header_can_contain_stops_the_start_and_is_not_printed(String token, CapturedOutput output) {
        Throwable failure = catchThrowable(() -> start(token));

        assertThat(failure).rootCause().hasMessageContaining("messaging.payloads.token");
        assertThat(Throwables.getStackTrace(failure)).doesNotContain("hidden");
        assertThat(output).contains("messaging.payloads.token").doesNotContain("hidden");
    }

    private static ConfigurableApplicationContext start(String token) {
        return new SpringApplicationBuilder(Application.class)
                .web(WebApplicationType.NONE)
                .run(
                        "--messaging.broker=memory",
                        "--messaging.database.enabled=false",
                        "--messaging.payloads.token=" + token);
    }

    @Configuration(proxyBeanMethods = false)
    @EnableAutoConfiguration
    static class Application {

        @Bean
        MessageBroker broker() {
            return new MemoryBroker();
        }
    }
}
