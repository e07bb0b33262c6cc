package io.orderflow.messaging.payloads;

import io.orderflow.messaging.claimcheck.PayloadStore;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Objects;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ProblemDetail;
import org.springframework.web.servlet.function.RouterFunction;
import org.springframework.web.servlet.function.RouterFunctions;
import org.springframework.web.servlet.function.ServerRequest;
import org.springframework.web.servlet.function.ServerResponse;

/** Serves the payloads of this application to receivers that know the token: {@code GET /payloads/{id}}. */
public final class PayloadEndpoint {

    private final PayloadStore store;
    private final String token;

    public PayloadEndpoint(PayloadStore store, String token) {
        this.store = store;
        this.token = token;
    }

    /** The route. */
    public RouterFunction<ServerResponse> route() {
        return RouterFunctions.route()
                .GET(PayloadStore.PATH + "{id}", this::serve)
                .build();
    }

    private ServerResponse serve(ServerRequest request) {
        if (!isAuthorized(request)) {
            return ServerResponse.status(HttpStatus.UNAUTHORIZED)
                    .header(HttpHeaders.WWW_AUTHENTICATE, "Bearer")
                    .contentType(MediaType.APPLICATION_PROBLEM_JSON)
                    .body(ProblemDetail.forStatusAndDetail(
                            HttpStatus.UNAUTHORIZED, "The token of messaging.payloads.token is required."));
        }
        return store.get(PayloadStore.PATH + request.pathVariable("id"))
                .map(payload -> ServerResponse.ok()
                        .contentType(MediaType.APPLICATION_OCTET_STREAM)
                        .body(payload))
                .orElseGet(() -> ServerResponse.status(HttpStatus.NOT_FOUND)
                        .contentType(MediaType.APPLICATION_PROBLEM_JSON)
                        .body(ProblemDetail.forStatusAndDetail(
                                HttpStatus.NOT_FOUND, "There is no such payload, or its retention is over.")));
    }

    /** Compared in constant time. Nobody is, while the token is blank. */
    private boolean isAuthorized(ServerRequest request) {
        String stated = Objects.requireNonNullElse(request.headers().firstHeader(HttpHeaders.AUTHORIZATION), "");
        return !token.isBlank() && MessageDigest.isEqual(bytes("Bearer " + token), bytes(stated));
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
