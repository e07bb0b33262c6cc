package io.orderflow.messaging.adapter;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.springframework.context.annotation.Conditional;

/**
 * Matches if the configuration names this broker, for all topics or for one, and the application has no {@code MessageBroker} bean of
 * its own. For the auto-configuration of an adapter, whose bean is a {@code @Fallback}.
 */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@Conditional(OnBroker.class)
public @interface ConditionalOnBroker {

    /** The name of the broker in {@code messaging.broker}. */
    String value();
}
