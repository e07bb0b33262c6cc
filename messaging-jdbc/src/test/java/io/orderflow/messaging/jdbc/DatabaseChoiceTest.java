package io.orderflow.messaging.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.orderflow.messaging.database.UnusableDatabaseException;
import io.orderflow.messaging.events.DirectEventPublisher;
import io.orderflow.messaging.events.EventPublisher;
import javax.sql.DataSource;
import org.assertj.core.api.AbstractThrowableAssert;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.postgresql.ds.PGSimpleDataSource;
import org.springframework.boot.Banner;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.datasource.embedded.EmbeddedDatabaseBuilder;
import org.springframework.jdbc.datasource.embedded.EmbeddedDatabaseType;

/** Whatever is chosen wrongly stops the start before a connection is opened: none of these databases is there. */
class DatabaseChoiceTest {

    @Test
    void two_data_sources_of_which_none_is_chosen_stop_the_start() {
        assertStops(() -> start(Two.class))
                .hasMessageContaining("several DataSources (orders, reports)")
                .extracting(each -> ((UnusableDatabaseException) each).action())
                .asString()
                .contains("messaging.database.data-source", "@Primary", "messaging.database.enabled=false");
    }

    @Test
    void a_name_that_no_data_source_has_stops_the_start() {
        assertStops(() -> start(Two.class, "--messaging.database.data-source=order"))
                .hasMessageContaining("messaging.database.data-source is 'order'")
                .extracting(each -> ((UnusableDatabaseException) each).action())
                .asString()
                .contains("orders, reports");
    }

    @Test
    void no_data_source_stops_the_start() {
        assertStops(() -> start(None.class))
                .hasMessageContaining("has no DataSource")
                .extracting(each -> ((UnusableDatabaseException) each).action())
                .asString()
                .contains("messaging.database.enabled=false");
    }

    @Test
    void another_database_than_postgresql_stops_the_start() {
        assertStops(() -> start(WithH2.class))
                .hasMessageContaining("a DataSource of H2")
                .extracting(each -> ((UnusableDatabaseException) each).action())
                .asString()
                .contains("PostgreSQL", "messaging.database.data-source", "messaging.database.enabled=false");
    }

    @Test
    void an_application_that_says_so_does_without_a_database() {
        try (ConfigurableApplicationContext context = start(Two.class, "--messaging.database.enabled=false")) {
            assertThat(context.getBean(EventPublisher.class)).isInstanceOf(DirectEventPublisher.class);
        }
    }

    private static AbstractThrowableAssert<?, ? extends Throwable> assertStops(ThrowingCallable start) {
        return assertThatThrownBy(start).rootCause().isInstanceOf(UnusableDatabaseException.class);
    }

    private static ConfigurableApplicationContext start(Class<?> application, String... arguments) {
        return new SpringApplicationBuilder(application)
                .web(WebApplicationType.NONE)
                .bannerMode(Banner.Mode.OFF)
                // or Boot would start an H2 database
                .properties(
                        "messaging.broker=memory",
                        "spring.autoconfigure.exclude=org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration")
                .run(arguments);
    }

    @Configuration
    @EnableAutoConfiguration
    static class None {}

    @Configuration
    @EnableAutoConfiguration
    static class WithH2 {

        @Bean
        DataSource h2() {
            return new EmbeddedDatabaseBuilder()
                    .setType(EmbeddedDatabaseType.H2)
                    .build();
        }
    }

    @Configuration
    @EnableAutoConfiguration
    static class Two {

        @Bean
        DataSource orders() {
            return nowhere();
        }

        @Bean
        DataSource reports() {
            return nowhere();
        }
    }

    private static PGSimpleDataSource nowhere() {
        PGSimpleDataSource dataSource = new PGSimpleDataSource();
        dataSource.setUrl("jdbc:postgresql://localhost:1/nowhere");
        return dataSource;
    }
}
