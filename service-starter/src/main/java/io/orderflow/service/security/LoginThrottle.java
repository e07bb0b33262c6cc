package io.orderflow.service.security;

import io.orderflow.service.Problem;
import io.orderflow.service.ProblemResponse;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Duration;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Refuses requests with a password from an address with too many {@link FailedLogins}, also if the password is right. A request counts
 * before its password is checked, so that requests at the same time are limited too. Tokens are not limited: a signature cannot be
 * guessed.
 */
final class LoginThrottle extends OncePerRequestFilter {

    private static final String BASIC = "basic ";

    private final FailedLogins logins;

    LoginThrottle(FailedLogins logins) {
        this.logins = logins;
    }

    @Override
    protected boolean shouldNotFilter(HttpServletRequest request) {
        String credentials = request.getHeader(HttpHeaders.AUTHORIZATION);
        return credentials == null || !credentials.regionMatches(true, 0, BASIC, 0, BASIC.length());
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        String address = request.getRemoteAddr();
        Duration blocked = logins.begin(address);
        if (!blocked.isZero()) {
            long seconds = blocked.toSeconds() + 1;
            response.setHeader(HttpHeaders.RETRY_AFTER, Long.toString(seconds));
            ProblemResponse.send(
                    request,
                    response,
                    Problem.TOO_MANY_REQUESTS.explained(
                            "Too many failed logins from this address. Try again in " + seconds + " s."));
            return;
        }
        try {
            chain.doFilter(request, response);
        } finally {
            logins.end(address, response.getStatus() == HttpStatus.UNAUTHORIZED.value());
        }
    }
}
