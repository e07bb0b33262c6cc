package io.orderflow.messaging.adapter;

import io.orderflow.messaging.MessageBroker;
import java.util.Arrays;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.context.annotation.ConditionContext;
import org.springframework.context.annotation.ConfigurationCondition;
import org.springframework.core.env.Environment;
import org.springframework.core.type.AnnotatedTypeMetadata;

/** See {@link ConditionalOnBroker}. */
final class OnBroker implements ConfigurationCondition {

    @Override
    public boolean matches(ConditionContext context, AnnotatedTypeMetadata metadata) {
        Object name = metadata.getAllAnnotationAttributes(ConditionalOnBroker.class.getName())
                .getFirst("value");
        return isUsed(String.valueOf(name), context.getEnvironment()) && !hasOwn(context.getBeanFactory());
    }

    /** The second property is set for each broker that is named, but in tests that bypass {@code SpringApplication}. */
    private static boolean isUsed(String name, Environment environment) {
        return name.equals(environment.getProperty("messaging.broker"))
                || environment.getProperty("messaging.brokers." + name, Boolean.class, false);
    }

    private static boolean hasOwn(ConfigurableListableBeanFactory beans) {
        return Arrays.stream(beans.getBeanNamesForType(MessageBroker.class, true, false))
                .anyMatch(name -> !beans.containsBeanDefinition(name)
                        || !beans.getBeanDefinition(name).isFallback());
    }

    @Override
    public ConfigurationPhase getConfigurationPhase() {
        return ConfigurationPhase.REGISTER_BEAN;
    }
}
