package io.orderflow.service.operations;

import io.orderflow.service.Problem;
import io.orderflow.service.ProblemResponse;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.security.access.AccessDeniedException;
import org.springframework.security.core.AuthenticationException;
import org.springframework.security.web.AuthenticationEntryPoint;
import org.springframework.security.web.access.AccessDeniedHandler;

/**
 * Answers unauthenticated and unauthorized requests with problem+json.
 *
 * @param closed whether no operator is configured
 */
record SecurityProblems(boolean closed) implements AuthenticationEntryPoint, AccessDeniedHandler {

    private static final Problem UNAUTHORIZED = new Problem("unauthorized", HttpStatus.UNAUTHORIZED);
    private static final Problem FORBIDDEN = new Problem("forbidden", HttpStatus.FORBIDDEN);

    @Override
    public void commence(HttpServletRequest request, HttpServletResponse response, AuthenticationException failure)
            throws IOException {
        response.setHeader(HttpHeaders.WWW_AUTHENTICATE, "Basic realm=\"operators\", charset=\"UTF-8\"");
        ProblemResponse.send(
                request,
                response,
                UNAUTHORIZED.explained(
                        closed
                                ? "No operator is configured. Set orderflow.operator.password and restart the service."
                                : "Operator credentials are required (HTTP basic)."));
    }

    @Override
    public void handle(HttpServletRequest request, HttpServletResponse response, AccessDeniedException failure)
            throws IOException {
        ProblemResponse.send(request, response, FORBIDDEN.explained("This user does not have the role OPERATOR."));
    }
}
