package io.orderflow.messaging.jdbc;

import io.orderflow.messaging.database.AdoptionCallback;
import io.orderflow.messaging.database.MessagingSchema;
import io.orderflow.messaging.database.SchemaMigration;
import org.flywaydb.core.Flyway;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.sql.init.dependency.DatabaseInitializationDependencyConfigurer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.jdbc.datasource.init.DataSourceInitializer;

/** The library's tables: migrated after the application's own, and before beans that use a database are created. */
@Configuration(proxyBeanMethods = false)
@Import(DatabaseInitializationDependencyConfigurer.class)
class SchemaConfiguration {

    /** The beans depend on the DataSource only: a transaction manager of JPA may depend on the tables. */
    @Configuration(proxyBeanMethods = false)
    @ConditionalOnClass(name = "org.flywaydb.database.postgresql.PostgreSQLDatabaseType")
    @ConditionalOnBooleanProperty(name = "messaging.database.migrate", matchIfMissing = true)
    static class Migrated {

        @Bean
        AdoptionCallback messagingAdoptionCallback() {
            return new AdoptionCallback();
        }

        @Bean
        MessagingSchema messagingSchema(DatabaseChoice choice, ObjectProvider<Flyway> applications) {
            return MessagingSchema.migrated(
                    choice.dataSource(),
                    new SchemaMigration(
                            choice.dataSource(), applications.stream().toList()));
        }
    }

    @Bean
    @ConditionalOnMissingBean
    MessagingSchema checkedMessagingSchema(
            DatabaseChoice choice, JdbcMessagingProperties properties, ObjectProvider<DataSourceInitializer> others) {
        others.forEach(each -> {}); // initializers that create the tables run now
        return properties.database().migrate()
                ? MessagingSchema.withoutFlyway(choice.dataSource())
                : MessagingSchema.appliedByOthers(choice.dataSource());
    }
}
