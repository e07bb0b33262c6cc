package io.orderflow.service.operations;

import io.orderflow.messaging.runtime.TopicGroups;
import org.springframework.boot.actuate.autoconfigure.web.ManagementContextConfiguration;
import org.springframework.boot.actuate.autoconfigure.web.ManagementContextType;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.context.annotation.Bean;

/** Puts the groups on the management port, whether or not it is the service's own. */
@ManagementContextConfiguration(value = ManagementContextType.ANY, proxyBeanMethods = false)
@ConditionalOnWebApplication(type = ConditionalOnWebApplication.Type.SERVLET)
@ConditionalOnBean(TopicGroups.class)
class GroupManagement {

    @Bean
    GroupController groupController(TopicGroups groups) {
        return new GroupController(groups);
    }
}
