package io.orderflow.messaging.operations;

import org.springframework.boot.actuate.autoconfigure.web.ManagementContextConfiguration;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.ApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.web.servlet.DispatcherServlet;

/**
 * What the operator API has in the application's own context: a separate management context resolves exceptions with the
 * {@code @ControllerAdvice} beans of its parent only.
 */
@AutoConfiguration
@ConditionalOnBooleanProperty("messaging.operations.enabled")
@ConditionalOnClass({DispatcherServlet.class, ManagementContextConfiguration.class})
@ConditionalOnWebApplication(type = ConditionalOnWebApplication.Type.SERVLET)
@EnableConfigurationProperties(OperatorApi.class)
class OperatorApiAutoConfiguration {

    @Bean
    OperatorApiProblems operatorApiProblems() {
        return new OperatorApiProblems();
    }

    @Bean
    OperatorApiExposure operatorApiExposure(ApplicationContext context) {
        return new OperatorApiExposure(context);
    }
}
