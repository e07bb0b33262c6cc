package io.orderflow.service.security;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.annotation.Profile;
import org.springframework.context.event.EventListener;

/** Logs that the API is open, without the profile {@code secured}. */
@AutoConfiguration
@ConditionalOnWebApplication(type = ConditionalOnWebApplication.Type.SERVLET)
@Profile("!" + SecuredApi.PROFILE)
class OpenAccess {

    private static final Logger log = LoggerFactory.getLogger(OpenAccess.class);

    @EventListener
    void warn(ApplicationReadyEvent ready) {
        log.warn(
                "The API is open: everybody who can connect to {} may read and cancel all orders. With the profile {} it requires"
                        + " tokens.",
                ready.getApplicationContext().getEnvironment().getProperty("server.address", "this machine"),
                SecuredApi.PROFILE);
    }
}
