package io.orderflow.messaging.operations;

import java.net.InetAddress;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.boot.actuate.autoconfigure.web.server.ManagementPortType;
import org.springframework.context.ApplicationContext;
import org.springframework.core.env.Environment;

/** Warns at the start if the operator API can be called from other machines without authentication. */
class OperatorApiExposure implements SmartInitializingSingleton {

    private static final Logger log = LoggerFactory.getLogger(OperatorApiExposure.class);

    /** Of {@code AbstractSecurityWebApplicationInitializer}, which is not on every class path. */
    private static final String SECURITY_FILTER = "springSecurityFilterChain";

    private final ApplicationContext context;

    OperatorApiExposure(ApplicationContext context) {
        this.context = context;
    }

    @Override
    public void afterSingletonsInstantiated() {
        String property = addressProperty(context.getEnvironment());
        InetAddress address = context.getEnvironment().getProperty(property, InetAddress.class);
        if (!context.containsBean(SECURITY_FILTER) && (address == null || !address.isLoopbackAddress())) {
            log.warn(
                    "The operator API (messaging.operations.enabled) is not protected: without Spring Security, whoever reaches"
                            + " the management port can read, redrive and discard dead letters. Add"
                            + " spring-boot-starter-security, or set {}=127.0.0.1.",
                    property);
        }
    }

    private static String addressProperty(Environment environment) {
        return ManagementPortType.get(environment) == ManagementPortType.SAME
                ? "server.address"
                : "management.server.address";
    }
}
