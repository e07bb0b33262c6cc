package io.orderflow.order.web;

import static org.springframework.security.authorization.AuthorityAuthorizationManager.hasAnyRole;

import io.orderflow.order.usecases.Caller;
import io.orderflow.service.security.Roles;
import java.util.Optional;
import org.springframework.security.authorization.AuthorizationManager;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.stereotype.Component;

/** The caller of the current request. Without the profile {@code secured}, and outside of requests, nobody is authenticated. */
@Component
class AuthenticatedCaller implements Caller {

    private static final AuthorizationManager<Object> READS_ALL =
            hasAnyRole(Roles.SERVICE, Roles.READER, Roles.OPERATOR);
    private static final AuthorizationManager<Object> CHANGES_ALL = hasAnyRole(Roles.SERVICE, Roles.OPERATOR);

    @Override
    public Optional<String> customer() {
        return customerUnless(READS_ALL);
    }

    @Override
    public boolean mayChangeOrdersOf(String customerId) {
        return customerUnless(CHANGES_ALL).map(customerId::equals).orElse(true);
    }

    private Optional<String> customerUnless(AuthorizationManager<Object> allowed) {
        Authentication caller = SecurityContextHolder.getContext().getAuthentication();
        return caller == null || allowed.authorize(() -> caller, this).isGranted()
                ? Optional.empty()
                : Optional.of(caller.getName());
    }
}
