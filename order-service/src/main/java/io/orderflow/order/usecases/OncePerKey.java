package io.orderflow.order.usecases;

import io.orderflow.order.usecases.AnsweredRequests.Answered;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.function.Supplier;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/**
 * Does once what a client asks for repeatedly under one idempotency key, and repeats the answer for {@link #RETENTION}.
 * The answer is kept in the transaction of what was done: both are there, or neither is, whenever a process dies.
 */
@Service
public class OncePerKey {

    public static final Duration RETENTION = Duration.ofHours(24);

    private static final String CLEANING_INTERVAL = "PT1H";

    private final AnsweredRequests requests;
    private final InstantSource clock;

    OncePerKey(AnsweredRequests requests, InstantSource clock) {
        this.requests = requests;
        this.clock = clock;
    }

    /**
     * Does it, or tells what was answered when it was done.
     *
     * @throws KeyInUseException if it is being done
     * @throws KeyReusedException if something else was done under that key
     */
    @Transactional
    public Answer once(String key, String fingerprint, Supplier<Answer> request) {
        if (!requests.tryToTake(key)) {
            throw new KeyInUseException();
        }
        Instant now = clock.instant();
        return requests.find(key)
                .filter(before -> before.at().isAfter(now.minus(RETENTION)))
                .map(before -> repeat(before, fingerprint))
                .orElseGet(() -> {
                    Answer answer = request.get();
                    requests.remember(new Answered(key, fingerprint, answer, now));
                    return answer;
                });
    }

    @Scheduled(fixedDelayString = CLEANING_INTERVAL, initialDelayString = CLEANING_INTERVAL)
    public void forgetOldAnswers() {
        requests.forgetBefore(clock.instant().minus(RETENTION));
    }

    private static Answer repeat(Answered before, String fingerprint) {
        if (!before.fingerprint().equals(fingerprint)) {
            throw new KeyReusedException();
        }
        return before.answer();
    }
}
