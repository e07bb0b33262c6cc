package io.orderflow.messaging.spring;

import io.orderflow.messaging.policy.Backoff;
import io.orderflow.messaging.supervision.FailureReporter;
import io.orderflow.messaging.supervision.LoopBody;
import io.orderflow.messaging.supervision.LoopControl;
import io.orderflow.messaging.supervision.Round;
import io.orderflow.messaging.supervision.SupervisedLoop;
import java.time.Duration;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.beans.factory.SmartInitializingSingleton;

/** Runs a task at a fixed interval, for the first time after one interval. After a failure the next run is due as usual. */
public final class PeriodicTask implements SmartInitializingSingleton, DisposableBean, LoopBody {

    private final Runnable task;
    private final Duration interval;
    private final SupervisedLoop loop;
    private boolean begun;

    PeriodicTask(String name, Runnable task, Duration interval, FailureReporter reporter) {
        this.task = task;
        this.interval = interval;
        this.loop = new SupervisedLoop(name, this, new Backoff(interval, interval, 0), reporter, true);
    }

    @Override
    public Round run(LoopControl control) {
        if (begun) {
            task.run();
        }
        begun = true;
        return Round.after(interval);
    }

    @Override
    public void afterSingletonsInstantiated() {
        loop.start();
    }

    @Override
    public void destroy() {
        loop.requestStop();
        loop.interrupt();
    }
}
