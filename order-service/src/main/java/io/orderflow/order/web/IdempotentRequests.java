package io.orderflow.order.web;

import io.orderflow.order.usecases.IdempotencyKeys;
import io.orderflow.order.usecases.StoredResponses.Response;
import io.orderflow.service.Problem;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.MediaType;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.GrantedAuthority;
import org.springframework.security.web.servlet.util.matcher.PathPatternRequestMatcher;
import org.springframework.security.web.util.matcher.RequestMatcher;
import org.springframework.web.filter.OncePerRequestFilter;
import org.springframework.web.servlet.HandlerExceptionResolver;
import org.springframework.web.util.ContentCachingResponseWrapper;

/**
 * Makes every POST repeatable. With an {@value #HEADER}, status, {@code Location} and body of the first successful response are stored
 * in the transaction of the request and sent again when it is repeated. A key belongs to its caller and to its endpoint. A POST that is
 * answered asynchronously is not supported.
 */
final class IdempotentRequests extends OncePerRequestFilter {

    static final String HEADER = "Idempotency-Key";

    private static final Pattern KEY = Pattern.compile("[\\x21-\\x7E]{1,255}");
    private static final String ANONYMOUS = "anonymous";

    /** Waits for another service, which must not keep a connection to the database. */
    private static final RequestMatcher WITHOUT_EFFECT =
            PathPatternRequestMatcher.pathPattern(HttpMethod.POST, "/shipping-quotes");

    private final IdempotencyKeys keys;
    private final HandlerExceptionResolver problems;

    IdempotentRequests(IdempotencyKeys keys, HandlerExceptionResolver problems) {
        this.keys = keys;
        this.problems = problems;
    }

    @Override
    protected boolean shouldNotFilter(HttpServletRequest request) {
        return !HttpMethod.POST.matches(request.getMethod()) || request.getHeader(HEADER) == null;
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        byte[] body;
        try {
            body = request.getInputStream().readAllBytes(); // can be read again, since it was received before
        } catch (IOException e) {
            chain.doFilter(request, response); // too large, which the handler reports
            return;
        }
        ContentCachingResponseWrapper buffered = new ContentCachingResponseWrapper(response);
        Response answer;
        try {
            answer = execute(request, body, () -> handle(request, buffered, chain));
        } catch (RuntimeException e) { // also of the commit
            buffered.reset();
            if (problems.resolveException(request, response, null, e) == null) {
                throw e;
            }
            return;
        }
        send(answer, buffered);
    }

    private Response execute(HttpServletRequest request, byte[] body, Supplier<Response> handler) {
        String key = request.getHeader(HEADER);
        if (!KEY.matcher(key).matches()) {
            throw Problem.invalid(HEADER, "must be 1 to 255 visible ASCII characters");
        }
        String scoped = caller(request) + " " + request.getServletPath() + " " + key;
        String fingerprint = RequestFingerprint.of(body);
        return WITHOUT_EFFECT.matches(request)
                ? keys.executeWithoutEffect(scoped, fingerprint, handler)
                : keys.execute(scoped, fingerprint, handler);
    }

    /** A name alone does not tell a customer from an operator of the same name. */
    private static String caller(HttpServletRequest request) {
        return request.getUserPrincipal() instanceof Authentication caller
                ? caller.getName()
                        + caller.getAuthorities().stream()
                                .map(GrantedAuthority::getAuthority)
                                .sorted()
                                .toList()
                : ANONYMOUS;
    }

    private static Response handle(
            HttpServletRequest request, ContentCachingResponseWrapper response, FilterChain chain) {
        try {
            chain.doFilter(request, response);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (ServletException e) {
            throw new IllegalStateException(e);
        }
        return new Response(
                response.getStatus(),
                response.getHeader(HttpHeaders.LOCATION),
                new String(response.getContentAsByteArray(), StandardCharsets.UTF_8));
    }

    private static void send(Response answer, ContentCachingResponseWrapper response) throws IOException {
        response.resetBuffer(); // keeps the headers of a handler that was called
        response.setStatus(answer.status());
        if (answer.location() != null) {
            response.setHeader(HttpHeaders.LOCATION, answer.location());
        }
        if (response.getContentType() == null && !answer.body().isEmpty()) {
            response.setContentType(MediaType.APPLICATION_JSON_VALUE);
        }
        response.getOutputStream().write(answer.body().getBytes(StandardCharsets.UTF_8));
        response.copyBodyToResponse();
    }
}
