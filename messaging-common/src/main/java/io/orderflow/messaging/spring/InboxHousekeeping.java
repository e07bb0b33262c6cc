package io.orderflow.messaging.spring;

import io.orderflow.messaging.inbox.InboxCleanup;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.beans.factory.SmartInitializingSingleton;

/** Cleans the inbox up now and then. */
final class InboxHousekeeping implements SmartInitializingSingleton, DisposableBean {

    private static final Logger log = LoggerFactory.getLogger(InboxHousekeeping.class);
    private static final long MINUTES = 15;

    private final InboxCleanup cleanup;
    private final ScheduledExecutorService schedule = Executors.newSingleThreadScheduledExecutor(work -> {
        Thread thread = new Thread(work, "inbox-cleanup");
        thread.setDaemon(true);
        return thread;
    });

    InboxHousekeeping(InboxCleanup cleanup) {
        this.cleanup = cleanup;
    }

    @Override
    public void afterSingletonsInstantiated() {
        schedule.scheduleWithFixedDelay(this::run, MINUTES, MINUTES, TimeUnit.MINUTES);
    }

    private void run() {
        try {
            cleanup.run();
        } catch (RuntimeException e) {
            log.warn("The inbox was not cleaned up, which is tried again in {} minutes: {}", MINUTES, e.getMessage());
        }
    }

    @Override
    public void destroy() {
        schedule.shutdownNow();
    }
}
