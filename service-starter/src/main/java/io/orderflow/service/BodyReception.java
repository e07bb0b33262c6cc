package io.orderflow.service;

import jakarta.servlet.AsyncContext;
import jakarta.servlet.AsyncEvent;
import jakarta.servlet.AsyncListener;
import jakarta.servlet.ReadListener;
import jakarta.servlet.ServletInputStream;
import jakarta.servlet.http.HttpServletResponse;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.HttpHeaders;

/** One body while it comes in. The server calls it whenever there is something to read, by one thread at a time. */
final class BodyReception implements ReadListener, AsyncListener {

    private static final Logger log = LoggerFactory.getLogger(BodyReception.class);

    private static final int CHUNK = 8 * 1024;

    private static final String RETRY_AFTER_SECONDS = "5";

    private final AsyncContext async;
    private final ServletInputStream stream;
    private final HttpProperties limits;
    private final AtomicLong buffered;
    private final Consumer<ReceivedBody> received;
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private long counted;
    private boolean over;

    /** @param buffered how many bytes all receptions hold */
    BodyReception(
            AsyncContext async,
            ServletInputStream stream,
            HttpProperties limits,
            AtomicLong buffered,
            Consumer<ReceivedBody> received) {
        this.async = async;
        this.stream = stream;
        this.limits = limits;
        this.buffered = buffered;
        this.received = received;
    }

    @Override
    public void onDataAvailable() throws IOException {
        byte[] chunk = new byte[CHUNK];
        while (!over && stream.isReady()) {
            int number = stream.read(chunk);
            if (number < 0) {
                return;
            }
            bytes.write(chunk, 0, number);
            if (bytes.size() > limits.maxBodySize().toBytes()) {
                over = true;
                received.accept(ReceivedBody.tooLarge(limits.maxBodySize()));
            } else if (count(number) > limits.maxBufferedSize().toBytes()) {
                refuse(Problem.UNAVAILABLE, "Too many bodies are being received. Try again later.");
            }
        }
    }

    private long count(int number) {
        counted += number;
        return buffered.addAndGet(number);
    }

    @Override
    public void onAllDataRead() {
        if (!over) {
            over = true;
            received.accept(new ReceivedBody(bytes.toByteArray(), null));
        }
    }

    /** The client is gone. */
    @Override
    public void onError(Throwable failure) {
        log.debug("A body ended after {} bytes: {}", bytes.size(), failure.toString());
        if (!over) {
            over = true;
            async.complete();
        }
    }

    @Override
    public void onTimeout(AsyncEvent event) throws IOException {
        if (!over) {
            refuse(
                    Problem.TIMEOUT,
                    "A body is received within " + limits.bodyTimeout().toMillis() + " ms.");
        }
    }

    private void refuse(Problem problem, String why) throws IOException {
        over = true;
        HttpServletResponse response = (HttpServletResponse) async.getResponse();
        response.setHeader(HttpHeaders.CONNECTION, "close");
        if (problem == Problem.UNAVAILABLE) {
            response.setHeader(HttpHeaders.RETRY_AFTER, RETRY_AFTER_SECONDS);
        }
        WrittenProblem.of(problem, why).write(response);
        async.complete();
    }

    @Override
    public void onComplete(AsyncEvent event) {
        buffered.addAndGet(-counted);
        counted = 0;
    }

    @Override
    public void onError(AsyncEvent event) {
        log.debug("A request failed after its body was received: {}", String.valueOf(event.getThrowable()));
    }

    @Override
    public void onStartAsync(AsyncEvent event) {
        // The handler has made the request asynchronous once more; this is not told of its end.
        event.getAsyncContext().addListener(this);
    }
}
