package io.orderflow.service;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

class InterruptibleStartTest {

    private static final String WAITING = "waiting for the database";

    @Test
    void a_service_that_waits_during_its_start_ends_at_sigterm() throws Exception {
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        Waiting.class.getName())
                .redirectErrorStream(true)
                .start();
        try (BufferedReader output = process.inputReader()) {
            String line = output.readLine();
            while (line != null && !line.equals(WAITING)) {
                line = output.readLine();
            }
            assertThat(line).as("the last line").isNotNull();

            process.destroy();

            assertThat(process.waitFor(30, TimeUnit.SECONDS))
                    .as("whether the process ended")
                    .isTrue();
        } finally {
            process.destroyForcibly();
        }
    }

    /** Starts like a service whose database is unavailable. */
    @Configuration(proxyBeanMethods = false)
    static class Waiting {

        @Bean
        Object database() throws InterruptedException {
            System.out.println(WAITING);
            Thread.sleep(TimeUnit.MINUTES.toMillis(10));
            return this;
        }

        public static void main(String[] args) {
            new SpringApplicationBuilder(Waiting.class)
                    .web(WebApplicationType.NONE)
                    .run(args);
        }
    }
}
