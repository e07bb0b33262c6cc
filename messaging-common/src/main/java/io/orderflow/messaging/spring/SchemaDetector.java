package io.orderflow.messaging.spring;

import io.orderflow.messaging.database.MessagingSchema;
import java.util.Set;
import org.springframework.boot.sql.init.dependency.AbstractBeansOfTypeDatabaseInitializerDetector;
import org.springframework.core.Ordered;

/**
 * Lets Spring Boot create the library's tables with the application's own: after these, and before whatever uses a
 * database. Their history finds the schema as it expects it, empty.
 */
final class SchemaDetector extends AbstractBeansOfTypeDatabaseInitializerDetector {

    @Override
    protected Set<Class<?>> getDatabaseInitializerBeanTypes() {
        return Set.of(MessagingSchema.class);
    }

    @Override
    public int getOrder() {
        return Ordered.LOWEST_PRECEDENCE;
    }
}
