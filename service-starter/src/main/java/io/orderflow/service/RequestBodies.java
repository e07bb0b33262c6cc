package io.orderflow.service;

import jakarta.servlet.AsyncContext;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletInputStream;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.util.concurrent.atomic.AtomicLong;
import org.springframework.http.HttpHeaders;

/**
 * Receives the body of a request asynchronously, before any other filter runs, so that a slow client occupies a connection but
 * no thread. {@link HttpProperties} limits size and time of a body, and the size of all bodies that are being received. A
 * body that is too large is rejected when it is read, so that other errors of the request are reported first.
 */
class RequestBodies implements Filter {

    private static final String RECEIVED = RequestBodies.class.getName() + ".received";

    private final HttpProperties limits;
    private final AtomicLong buffered = new AtomicLong();

    RequestBodies(HttpProperties limits) {
        this.limits = limits;
    }

    @Override
    public void doFilter(ServletRequest request, ServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        if (!(request instanceof HttpServletRequest http)) {
            chain.doFilter(request, response);
        } else if (http.getAttribute(RECEIVED) instanceof ReceivedBody body) {
            chain.doFilter(new RequestWithBody(http, body), response);
        } else if (http.getDispatcherType() == DispatcherType.ASYNC || !hasBody(http)) {
            chain.doFilter(http, response);
        } else if (http.getContentLengthLong() > limits.maxBodySize().toBytes()) {
            chain.doFilter(new RequestWithBody(http, ReceivedBody.tooLarge(limits.maxBodySize())), response);
        } else {
            receive(http);
        }
    }

    private static boolean hasBody(HttpServletRequest request) {
        return request.getContentLengthLong() > 0 || request.getHeader(HttpHeaders.TRANSFER_ENCODING) != null;
    }

    private void receive(HttpServletRequest request) throws IOException {
        ServletInputStream stream = request.getInputStream();
        AsyncContext async = request.startAsync();
        async.setTimeout(limits.bodyTimeout().toMillis());
        BodyReception reception = new BodyReception(async, stream, limits, buffered, body -> {
            request.setAttribute(RECEIVED, body);
            async.dispatch();
        });
        async.addListener(reception);
        stream.setReadListener(reception);
    }
}
