package io.orderflow.service.operations;

import io.orderflow.messaging.deadletters.DeadLetters;
import io.orderflow.messaging.deadletters.RedriveJobs;
import io.orderflow.messaging.deadletters.Redriving;
import org.springframework.boot.actuate.autoconfigure.web.ManagementContextConfiguration;
import org.springframework.boot.actuate.autoconfigure.web.ManagementContextType;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.context.annotation.Bean;

/** Puts the dead letters on the management port, whether or not it is the service's own. */
@ManagementContextConfiguration(value = ManagementContextType.ANY, proxyBeanMethods = false)
@ConditionalOnWebApplication(type = ConditionalOnWebApplication.Type.SERVLET)
@ConditionalOnBean(DeadLetters.class)
class DeadLetterManagement {

    @Bean
    DeadLetterController deadLetterController(DeadLetters deadLetters, Redriving redriving) {
        return new DeadLetterController(deadLetters, redriving);
    }

    @Bean
    RedriveJobController redriveJobController(RedriveJobs jobs) {
        return new RedriveJobController(jobs);
    }
}
