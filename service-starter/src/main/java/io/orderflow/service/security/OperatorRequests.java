package io.orderflow.service.security;

import org.springframework.security.web.util.matcher.RequestMatcher;

/**
 * Requests to a service's public port that only an operator may send. A service declares a bean of this type for them; the
 * management port is for operators anyway.
 */
@FunctionalInterface
public interface OperatorRequests {

    RequestMatcher matcher();
}
