package io.orderflow.messaging.spring;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.Banner;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.amqp.autoconfigure.RabbitAutoConfiguration;
import org.springframework.boot.amqp.autoconfigure.health.RabbitHealthContributorAutoConfiguration;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.data.redis.autoconfigure.DataRedisAutoConfiguration;
import org.springframework.boot.data.redis.autoconfigure.health.DataRedisHealthContributorAutoConfiguration;
import org.springframework.boot.health.contributor.HealthContributor;
import org.springframework.context.ConfigurableApplicationContext;

class BrokerDefaultsTest {

    @ParameterizedTest
    @CsvSource({"redis, redis", "rabbitmq, rabbit"})
    void the_broker_is_asked_for_its_health_by_the_library_alone_unless_the_application_says_otherwise(
            String broker, String indicator) {
        assertThat(healthContributors(broker)).isEmpty();
        assertThat(healthContributors(broker, "--management.health." + indicator + ".enabled=true"))
                .containsExactly(indicator + "HealthContributor");
    }

    private static String[] healthContributors(String broker, String... more) {
        try (ConfigurableApplicationContext context = new SpringApplicationBuilder(WithClients.class)
                .web(WebApplicationType.NONE)
                .bannerMode(Banner.Mode.OFF)
                .properties("messaging.broker=" + broker)
                .run(more)) {
            return context.getBeanNamesForType(HealthContributor.class);
        }
    }

    @ImportAutoConfiguration({
        DataRedisAutoConfiguration.class,
        DataRedisHealthContributorAutoConfiguration.class,
        RabbitAutoConfiguration.class,
        RabbitHealthContributorAutoConfiguration.class
    })
    private static final class WithClients {}
}
