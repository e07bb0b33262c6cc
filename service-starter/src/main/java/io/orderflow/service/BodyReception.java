package io.orderflow.service;

import jakarta.servlet.AsyncContext;
import jakarta.servlet.AsyncEvent;
import jakarta.servlet.AsyncListener;
import jakarta.servlet.ReadListener;
import jakarta.servlet.ServletInputStream;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.HttpHeaders;

/** Receives one body. The server calls it whenever bytes can be read, on one thread at a time. */
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
    private boolean done;

    /** @param buffered the number of bytes of all bodies that are being received */
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
        while (!done && stream.isReady()) {
            int number = stream.read(chunk);
            if (number < 0) {
                return;
            }
            bytes.write(chunk, 0, number);
            if (bytes.size() > limits.maxBodySize().toBytes()) {
                done = true;
                received.accept(ReceivedBody.tooLarge(limits.maxBodySize()));
            } else if (count(number) > limits.maxBufferedSize().toBytes()) {
                refuse(Problem.UNAVAILABLE, "Too many request bodies are being received. Try again later.");
            }
        }
    }

    private long count(int number) {
        counted += number;
        return buffered.addAndGet(number);
    }

    @Override
    public void onAllDataRead() {
        if (!done) {
            done = true;
            received.accept(new ReceivedBody(bytes.toByteArray(), null));
        }
    }

    /** The client has closed the connection. */
    @Override
    public void onError(Throwable failure) {
        log.debug("The connection ended after {} bytes of a body: {}", bytes.size(), failure.toString());
        if (!done) {
            done = true;
            async.complete();
        }
    }

    @Override
    public void onTimeout(AsyncEvent event) throws IOException {
        if (!done) {
            refuse(
                    Problem.TIMEOUT,
                    "The request body was not complete after "
                            + limits.bodyTimeout().toMillis() + " ms.");
        }
    }

    private void refuse(Problem problem, String why) throws IOException {
        done = true;
        HttpServletResponse response = (HttpServletResponse) async.getResponse();
        response.setHeader(HttpHeaders.CONNECTION, "close");
        if (problem == Problem.UNAVAILABLE) {
            response.setHeader(HttpHeaders.RETRY_AFTER, RETRY_AFTER_SECONDS);
        }
        ProblemResponse.send((HttpServletRequest) async.getRequest(), response, problem.explained(why));
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
        // A handler that starts asynchronous processing again removes the listeners.
        event.getAsyncContext().addListener(this);
    }
}
