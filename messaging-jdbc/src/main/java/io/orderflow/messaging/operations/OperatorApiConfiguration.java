package io.orderflow.messaging.operations;

import io.orderflow.messaging.audit.AuditLog;
import io.orderflow.messaging.conservation.ConservationCheck;
import io.orderflow.messaging.conservation.PublishedMessages;
import io.orderflow.messaging.deadletters.DeadLetters;
import io.orderflow.messaging.deadletters.RedriveJobs;
import io.orderflow.messaging.deadletters.Redriving;
import io.orderflow.messaging.outbox.OutboxOperations;
import io.orderflow.messaging.pauses.SubscriptionPauses;
import io.orderflow.messaging.replay.ReplayJobs;
import io.orderflow.messaging.runtime.Consumers;
import io.orderflow.messaging.runtime.TopicGroups;
import org.springframework.boot.actuate.autoconfigure.web.ManagementContextConfiguration;
import org.springframework.boot.actuate.autoconfigure.web.ManagementContextType;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.context.annotation.Bean;

/** Adds the controllers to the management port, also if that is the application's own port. */
@ManagementContextConfiguration(value = ManagementContextType.ANY, proxyBeanMethods = false)
@ConditionalOnBooleanProperty("messaging.operations.enabled")
@ConditionalOnWebApplication(type = ConditionalOnWebApplication.Type.SERVLET)
class OperatorApiConfiguration {

    @Bean
    OperatorApiJson operatorApiJson() {
        return new OperatorApiJson();
    }

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
    @ConditionalOnBean(OutboxOperations.class)
    ScheduledController scheduledController(OutboxOperations outbox) {
        return new ScheduledController(outbox);
    }

    @Bean
    @ConditionalOnBean(ReplayJobs.class)
    ReplayController replayController(ReplayJobs jobs) {
        return new ReplayController(jobs);
    }

    @Bean
    @ConditionalOnBean(SubscriptionPauses.class)
    SubscriptionController subscriptionController(Consumers consumers, SubscriptionPauses pauses) {
        return new SubscriptionController(consumers, pauses);
    }

    @Bean
    @ConditionalOnBean(AuditLog.class)
    AuditController auditController(AuditLog audit) {
        return new AuditController(audit);
    }

    @Bean
    @ConditionalOnBean(AuditLog.class)
    AuditInterceptor auditInterceptor(AuditLog audit) {
        return new AuditInterceptor(audit);
    }

    @Bean
    @ConditionalOnBean(TopicGroups.class)
    GroupController groupController(TopicGroups groups) {
        return new GroupController(groups);
    }

    @Bean
    @ConditionalOnBean(ConservationCheck.class)
    ConservationController conservationController(PublishedMessages published, ConservationCheck check) {
        return new ConservationController(published, check);
    }
}
