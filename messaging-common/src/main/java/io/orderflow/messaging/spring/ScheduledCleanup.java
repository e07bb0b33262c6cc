package io.orderflow.messaging.spring;

import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.beans.factory.SmartInitializingSingleton;

/**
 * Does something now and then, in a thread of its own. After a failure the next time comes all the same; a row of them is
 * told of when it begins and when it is over.
 */
final class ScheduledCleanup implements SmartInitializingSingleton, DisposableBean {

    private static final Logger log = LoggerFactory.getLogger(ScheduledCleanup.class);

    private final String name;
    private final Runnable task;
    private final Duration interval;
    private final ScheduledExecutorService schedule;
    private int failures;

    ScheduledCleanup(String name, Runnable task, Duration interval) {
        this.name = name;
        this.task = task;
        this.interval = interval;
        this.schedule = Executors.newSingleThreadScheduledExecutor(work -> {
            Thread thread = new Thread(work, name);
            thread.setDaemon(true);
            return thread;
        });
    }

    @Override
    public void afterSingletonsInstantiated() {
        schedule.scheduleWithFixedDelay(this::run, interval.toSeconds(), interval.toSeconds(), TimeUnit.SECONDS);
    }

    private void run() {
        try {
            task.run();
            if (failures > 0) {
                log.info("{} works again, after {} failure(s).", name, failures);
                failures = 0;
            }
        } catch (Throwable e) { // a schedule ends with the first one that escapes
            failures++;
            if (failures == 1) {
                log.warn("{} failed, which is tried again every {} s: {}", name, interval.toSeconds(), e.toString());
            }
        }
    }

    @Override
    public void destroy() {
        schedule.shutdownNow();
    }
}
