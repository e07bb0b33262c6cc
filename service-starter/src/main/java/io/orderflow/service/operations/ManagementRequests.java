package io.orderflow.service.operations;

import jakarta.servlet.http.HttpServletRequest;
import org.springframework.boot.actuate.autoconfigure.web.server.ManagementPortType;
import org.springframework.boot.actuate.endpoint.web.WebServerNamespace;
import org.springframework.boot.security.autoconfigure.actuate.web.servlet.EndpointRequest;
import org.springframework.boot.web.server.context.WebServerApplicationContext;
import org.springframework.security.web.servlet.util.matcher.PathPatternRequestMatcher;
import org.springframework.security.web.util.matcher.OrRequestMatcher;
import org.springframework.security.web.util.matcher.RequestMatcher;
import org.springframework.web.context.support.WebApplicationContextUtils;

/** All that comes over the management port; where that is the service's own port, what is for management by its path. */
record ManagementRequests(ManagementPortType port) implements RequestMatcher {

    private static final RequestMatcher BY_PATH = new OrRequestMatcher(
            EndpointRequest.toAnyEndpoint(),
            EndpointRequest.toLinks(),
            PathPatternRequestMatcher.pathPattern(DeadLetterController.PATH + "/**"),
            PathPatternRequestMatcher.pathPattern(OutboxController.PATH + "/**"),
            PathPatternRequestMatcher.pathPattern(GroupController.PATH + "/**"));

    @Override
    public boolean matches(HttpServletRequest request) {
        return port == ManagementPortType.SAME
                ? BY_PATH.matches(request)
                : WebServerApplicationContext.hasServerNamespace(
                        WebApplicationContextUtils.getWebApplicationContext(request.getServletContext()),
                        WebServerNamespace.MANAGEMENT.getValue());
    }
}
