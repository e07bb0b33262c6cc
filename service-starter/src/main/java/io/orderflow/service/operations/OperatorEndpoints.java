package io.orderflow.service.operations;

import io.orderflow.messaging.deadletters.DeadLetters;
import io.orderflow.messaging.deadletters.RedriveJobs;
import io.orderflow.messaging.deadletters.Redriving;
import io.orderflow.messaging.outbox.OutboxOperations;
import io.orderflow.messaging.runtime.TopicGroups;
import org.springframework.boot.actuate.autoconfigure.web.ManagementContextConfiguration;
import org.springframework.boot.actuate.autoconfigure.web.ManagementContextType;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.context.annotation.Bean;

/** Puts what an operator decides about on the management port, whether or not it is the service's own. */
@ManagementContextConfiguration(value = ManagementContextType.ANY, proxyBeanMethods = false)
@ConditionalOnWebApplication(type = ConditionalOnWebApplication.Type.SERVLET)
class OperatorEndpoints {

    @Bean
    @ConditionalOnBean(DeadLetters.class)
    DeadLetterController deadLetterController(DeadLetters deadLetters, Redriving redriving) {
        return new DeadLetterController(deadLetters, redriving);
    }

    @Bean
    @ConditionalOnBean(DeadLetters.class)
    RedriveJobController redriveJobController(RedriveJobs jobs) {
        return new RedriveJobController(jobs);
    }

    @Bean
    @ConditionalOnBean(OutboxOperations.class)
    OutboxController outboxController(OutboxOperations outbox) {
        return new OutboxController(outbox);
    }

    @Bean
    @ConditionalOnBean(TopicGroups.class)
    GroupController groupController(TopicGroups groups) {
        return new GroupController(groups);
    }
}
