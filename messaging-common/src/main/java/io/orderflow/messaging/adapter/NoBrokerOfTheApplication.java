package io.orderflow.messaging.adapter;

import io.orderflow.messaging.MessageBroker;
import java.util.Arrays;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.context.annotation.ConditionContext;
import org.springframework.context.annotation.ConfigurationCondition;
import org.springframework.core.type.AnnotatedTypeMetadata;

/** Does not match if the application has a {@link MessageBroker} bean of its own. The beans of adapters are fallbacks. */
public final class NoBrokerOfTheApplication implements ConfigurationCondition {

    @Override
    public boolean matches(ConditionContext context, AnnotatedTypeMetadata metadata) {
        ConfigurableListableBeanFactory beans = context.getBeanFactory();
        return beans == null
                || Arrays.stream(beans.getBeanNamesForType(MessageBroker.class, true, false))
                        .allMatch(name -> beans.containsBeanDefinition(name)
                                && beans.getBeanDefinition(name).isFallback());
    }

    @Override
    public ConfigurationPhase getConfigurationPhase() {
        return ConfigurationPhase.REGISTER_BEAN;
    }
}
