package io.orderflow.messaging.spring;

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

/** The library's tables: migrated after the application's own, and before whatever uses a database is created. */
@Configuration(proxyBeanMethods = false)
@Import(DatabaseInitializationDependencyConfigurer.class)
class SchemaConfiguration {

    /** The beans take the DataSource alone: a transaction manager of JPA may wait for the tables. */
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
            DatabaseChoice choice, MessagingProperties properties, ObjectProvider<DataSourceInitializer> others) {
        others.forEach(each -> {}); // who creates the tables with one of these has done so
        return properties.database().migrate()
                ? MessagingSchema.withoutFlyway(choice.dataSource())
                : MessagingSchema.appliedByOthers(choice.dataSource());
    }
}
