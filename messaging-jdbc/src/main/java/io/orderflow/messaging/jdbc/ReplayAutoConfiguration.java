package io.orderflow.messaging.jdbc;

import io.orderflow.messaging.policy.Backoff;
import io.orderflow.messaging.replay.ReplayJobs;
import io.orderflow.messaging.replay.ReplayWorker;
import io.orderflow.messaging.runtime.Replays;
import io.orderflow.messaging.spring.Instruments;
import io.orderflow.messaging.spring.MessagingAutoConfiguration;
import io.orderflow.messaging.supervision.SupervisedLoop;
import java.time.Duration;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.context.annotation.Bean;

/** Replays as jobs of an operator. */
@AutoConfiguration(before = MessagingAutoConfiguration.class, after = JdbcMessagingAutoConfiguration.class)
@ConditionalOnBooleanProperty(name = DatabaseChoice.ENABLED, matchIfMissing = true)
public class ReplayAutoConfiguration {

    private static final Backoff AFTER_FAILURE = new Backoff(Duration.ofSeconds(5), Duration.ofSeconds(5), 0);

    @Bean
    ReplayWorker replayWorker(MessagingDatabase database, Replays replays, ApplicationEventPublisher events) {
        return new ReplayWorker(database.dataSource(), database.transactions(), replays, events::publishEvent);
    }

    @Bean
    SupervisedLoop replayLoop(ReplayWorker worker, Instruments instruments) {
        return new SupervisedLoop("replay", worker, AFTER_FAILURE, instruments.reporter(), true);
    }

    @Bean
    LoopLifecycle replayLifecycle(SupervisedLoop replayLoop, ReplayWorker worker) {
        return new LoopLifecycle(
                LoopLifecycle.REDRIVES,
                replayLoop::start,
                () -> {
                    replayLoop.requestStop();
                    worker.stop();
                    replayLoop.stop(ReplayWorker.STOP_TIMEOUT);
                },
                replayLoop::isRunning);
    }

    @Bean
    ReplayJobs replayJobs(MessagingDatabase database, Replays replays, SupervisedLoop replayLoop) {
        return new ReplayJobs(database.dataSource(), replays, replayLoop::wake);
    }
}
