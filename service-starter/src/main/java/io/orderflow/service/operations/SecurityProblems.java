package io.orderflow.service.operations;

import io.orderflow.service.Problem;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ProblemDetail;
import org.springframework.http.converter.json.ProblemDetailJacksonMixin;
import org.springframework.security.access.AccessDeniedException;
import org.springframework.security.core.AuthenticationException;
import org.springframework.security.web.AuthenticationEntryPoint;
import org.springframework.security.web.access.AccessDeniedHandler;
import tools.jackson.databind.json.JsonMapper;

/**
 * Tells who may not, as any other problem is told.
 *
 * @param closed whether there is no operator at all
 */
record SecurityProblems(boolean closed) implements AuthenticationEntryPoint, AccessDeniedHandler {

    private static final Problem UNAUTHORIZED =
            new Problem("unauthorized", "This is for operators", HttpStatus.UNAUTHORIZED);
    private static final Problem FORBIDDEN = new Problem("forbidden", "This is for operators", HttpStatus.FORBIDDEN);
    private static final JsonMapper JSON = JsonMapper.builder()
            .addMixIn(ProblemDetail.class, ProblemDetailJacksonMixin.class)
            .build();

    @Override
    public void commence(HttpServletRequest request, HttpServletResponse response, AuthenticationException failure)
            throws IOException {
        response.setHeader(HttpHeaders.WWW_AUTHENTICATE, "Basic realm=\"operators\", charset=\"UTF-8\"");
        answer(
                response,
                UNAUTHORIZED.explained(
                        closed
                                ? "No operator is configured. Set orderflow.operator.password and start the service again."
                                : "Give an operator's name and password by HTTP basic."));
    }

    @Override
    public void handle(HttpServletRequest request, HttpServletResponse response, AccessDeniedException failure)
            throws IOException {
        answer(response, FORBIDDEN.explained("This user has not the role of an operator."));
    }

    private static void answer(HttpServletResponse response, ProblemDetail problem) throws IOException {
        response.setStatus(problem.getStatus());
        response.setContentType(MediaType.APPLICATION_PROBLEM_JSON_VALUE);
        response.getOutputStream().write(JSON.writeValueAsBytes(problem));
    }
}
