package io.orderflow.messaging.crashguard;

import io.orderflow.messaging.Delivery;
import io.orderflow.messaging.handling.AtomicBatch;
import io.orderflow.messaging.handling.BatchHandler;
import io.orderflow.messaging.handling.BatchMiddleware;
import io.orderflow.messaging.handling.CrashProtection;
import io.orderflow.messaging.handling.HandlerMiddleware;
import io.orderflow.messaging.handling.HandlerResult;
import io.orderflow.messaging.handling.MessageHandler;
import java.util.List;
import java.util.concurrent.Callable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Records in-flight messages before handling, and removes them when handling fails. A message that is delivered while it is
 * recorded in flight elsewhere was in flight when a process ended: such a suspect is handled while no other handler of this
 * process runs. If several processes in a row do not survive that, it is dead-lettered; the messages around it have been handled
 * by then.
 *
 * <p>A poll without suspects costs one round trip to the database, and does not wait for its disk.
 *
 * @param inFlight what this member has in flight
 * @param after how many processes must end before a message is dead-lettered
 * @param gate shared by all members of this process
 */
record CrashLoopGuard(MemberInFlight inFlight, int after, ExclusiveGate gate) implements CrashProtection {

    private static final Logger log = LoggerFactory.getLogger(CrashLoopGuard.class);

    @Override
    public BatchMiddleware poll() {
        return new BatchMiddleware() {
            @Override
            public BatchHandler around(BatchHandler next) {
                return deliveries -> recorded(deliveries, next);
            }

            @Override
            public String name() {
                return CrashLoopGuard.class.getSimpleName();
            }
        };
    }

    private void recorded(List<Delivery<String, byte[]>> deliveries, BatchHandler next) throws Exception {
        int suspects = inFlight.take(deliveries);
        try {
            if (suspects > 0) {
                log.info(
                        "{}: {} of {} messages were in flight in a process that may have ended; each of them is handled alone.",
                        inFlight.subscription(),
                        suspects,
                        deliveries.size());
            }
            next.handle(deliveries);
        } catch (Throwable failure) {
            inFlight.dropAll(failure);
            throw failure;
        }
    }

    @Override
    public HandlerMiddleware message() {
        return new HandlerMiddleware() {
            @Override
            public MessageHandler around(MessageHandler next) {
                return delivery -> guarded(delivery, next);
            }

            @Override
            public String name() {
                return CrashLoopGuard.class.getSimpleName();
            }
        };
    }

    private HandlerResult guarded(Delivery<String, byte[]> delivery, MessageHandler next) throws Exception {
        try {
            return inFlight.isSuspect(delivery) ? alone(delivery, next) : withOthers(() -> next.handle(delivery));
        } catch (Throwable failure) {
            inFlight.drop(delivery, failure);
            throw failure;
        }
    }

    private HandlerResult alone(Delivery<String, byte[]> delivery, MessageHandler next) throws Exception {
        boolean alone = gate.enterAlone(this);
        try {
            if (!alone) {
                return next.handle(delivery);
            }
            inFlight.begin(delivery, after);
            try {
                return next.handle(delivery);
            } finally {
                inFlight.end(delivery);
            }
        } finally {
            gate.leaveAlone(this);
        }
    }

    @Override
    public AtomicBatch together(AtomicBatch batch) {
        return deliveries -> {
            if (inFlight.hasSuspects()) {
                throw new IllegalStateException("The poll has messages that are handled alone.");
            }
            return withOthers(() -> batch.handle(deliveries));
        };
    }

    private <T> T withOthers(Callable<T> work) throws Exception {
        boolean entered = gate.enter(this);
        try {
            return work.call();
        } finally {
            if (entered) {
                gate.leave(this);
            }
        }
    }
}
