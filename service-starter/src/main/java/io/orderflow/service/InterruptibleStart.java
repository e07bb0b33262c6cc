package io.orderflow.service;

import org.springframework.context.ApplicationContextInitializer;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.event.ContextRefreshedEvent;

/**
 * Interrupts the start when the process is stopped. Spring closes a context only after its start, which waits up to ten minutes
 * for an unavailable database.
 */
final class InterruptibleStart implements ApplicationContextInitializer<ConfigurableApplicationContext> {

    @Override
    public void initialize(ConfigurableApplicationContext context) {
        Thread starting = Thread.currentThread();
        Thread interrupting = new Thread(starting::interrupt, "start-interrupter");
        Runtime.getRuntime().addShutdownHook(interrupting);
        context.addApplicationListener((ContextRefreshedEvent started) -> remove(interrupting));
    }

    private static void remove(Thread interrupting) {
        try {
            Runtime.getRuntime().removeShutdownHook(interrupting);
        } catch (IllegalStateException e) {
            // the process is being stopped
        }
    }
}
