package io.orderflow.service.security;

import io.orderflow.messaging.operations.OperatorApi;
import jakarta.servlet.http.HttpServletRequest;
import java.util.stream.Stream;
import org.springframework.boot.actuate.autoconfigure.web.server.ManagementPortType;
import org.springframework.boot.actuate.endpoint.web.WebServerNamespace;
import org.springframework.boot.security.autoconfigure.actuate.web.servlet.EndpointRequest;
import org.springframework.boot.web.server.context.WebServerApplicationContext;
import org.springframework.security.web.servlet.util.matcher.PathPatternRequestMatcher;
import org.springframework.security.web.util.matcher.OrRequestMatcher;
import org.springframework.security.web.util.matcher.RequestMatcher;
import org.springframework.web.context.support.WebApplicationContextUtils;

/** All requests over the management port. Where that is the service's own port, the requests for management by their path. */
record ManagementRequests(ManagementPortType port) implements RequestMatcher {

    private static final RequestMatcher BY_PATH = new OrRequestMatcher(Stream.concat(
                    Stream.<RequestMatcher>of(EndpointRequest.toAnyEndpoint(), EndpointRequest.toLinks()),
                    Stream.of(OperatorApi.paths()).map(PathPatternRequestMatcher::pathPattern))
            .toList());

    @Override
    public boolean matches(HttpServletRequest request) {
        return port == ManagementPortType.SAME
                ? BY_PATH.matches(request)
                : WebServerApplicationContext.hasServerNamespace(
                        WebApplicationContextUtils.getWebApplicationContext(request.getServletContext()),
                        WebServerNamespace.MANAGEMENT.getValue());
    }
}
