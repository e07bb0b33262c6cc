package io.orderflow.service.security;

import io.orderflow.service.Problem;
import io.orderflow.service.ProblemResponse;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.List;
import org.springframework.http.HttpHeaders;
import org.springframework.security.access.AccessDeniedException;
import org.springframework.security.core.AuthenticationException;
import org.springframework.security.oauth2.core.OAuth2AuthenticationException;
import org.springframework.security.web.AuthenticationEntryPoint;
import org.springframework.security.web.access.AccessDeniedHandler;

/**
 * Answers unauthenticated and unauthorized requests with problem+json.
 *
 * @param required what is required, for the detail of the problem
 * @param challenges the values of {@code WWW-Authenticate}
 */
record SecurityProblems(String required, List<String> challenges)
        implements AuthenticationEntryPoint, AccessDeniedHandler {

    static final String BASIC = "Basic realm=\"operators\", charset=\"UTF-8\"";
    static final String BEARER = "Bearer";

    private static final String INVALID_TOKEN =
            "The token is not accepted: it has expired, or its signature, issuer or audience is not the expected one.";

    @Override
    public void commence(HttpServletRequest request, HttpServletResponse response, AuthenticationException failure)
            throws IOException {
        challenges.forEach(challenge -> response.addHeader(HttpHeaders.WWW_AUTHENTICATE, challenge));
        String detail = failure instanceof OAuth2AuthenticationException ? INVALID_TOKEN : required;
        ProblemResponse.send(request, response, Problem.UNAUTHORIZED.explained(detail));
    }

    @Override
    public void handle(HttpServletRequest request, HttpServletResponse response, AccessDeniedException failure)
            throws IOException {
        ProblemResponse.send(
                request, response, Problem.FORBIDDEN.explained("The roles of this user do not allow this request."));
    }
}
