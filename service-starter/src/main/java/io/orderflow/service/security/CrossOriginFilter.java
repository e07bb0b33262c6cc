package io.orderflow.service.security;

import io.orderflow.service.Problem;
import io.orderflow.service.ProblemResponse;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Set;
import org.springframework.web.cors.CorsUtils;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Refuses requests that change something and that a browser sends for a page of another origin. A browser adds the credentials of
 * HTTP basic that it remembers to them, as it does with cookies. Clients that are no browsers send neither of the two headers.
 */
final class CrossOriginFilter extends OncePerRequestFilter {

    private static final Set<String> SAFE_METHODS = Set.of("GET", "HEAD", "OPTIONS", "TRACE");
    private static final Set<String> OWN_SITES = Set.of("same-origin", "none");

    @Override
    protected boolean shouldNotFilter(HttpServletRequest request) {
        return SAFE_METHODS.contains(request.getMethod());
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        if (isCrossOrigin(request)) {
            ProblemResponse.send(
                    request,
                    response,
                    Problem.FORBIDDEN.explained("A page of another origin may not change anything here."));
            return;
        }
        chain.doFilter(request, response);
    }

    private static boolean isCrossOrigin(HttpServletRequest request) {
        String site = request.getHeader("Sec-Fetch-Site");
        if (site != null) {
            return !OWN_SITES.contains(site);
        }
        try {
            return CorsUtils.isCorsRequest(request);
        } catch (IllegalArgumentException e) { // no valid origin
            return true;
        }
    }
}
