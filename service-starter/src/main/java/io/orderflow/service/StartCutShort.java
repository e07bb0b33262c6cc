package io.orderflow.service;

import org.springframework.context.ApplicationContextInitializer;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.event.ContextRefreshedEvent;

/**
 * Lets a service that still starts be told to end. Spring closes a context only when its start is over, and a start waits
 * ten minutes for a database that is away; so the thread that starts it is interrupted.
 */
final class StartCutShort implements ApplicationContextInitializer<ConfigurableApplicationContext> {

    @Override
    public void initialize(ConfigurableApplicationContext context) {
        Thread starting = Thread.currentThread();
        Thread interrupting = new Thread(starting::interrupt, "start-cut-short");
        Runtime.getRuntime().addShutdownHook(interrupting);
        context.addApplicationListener((ContextRefreshedEvent started) -> forget(interrupting));
    }

    private static void forget(Thread interrupting) {
        try {
            Runtime.getRuntime().removeShutdownHook(interrupting);
        } catch (IllegalStateException e) {
            // it runs already
        }
    }
}
