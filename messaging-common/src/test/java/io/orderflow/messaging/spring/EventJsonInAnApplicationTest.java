package io.orderflow.messaging.spring;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.orderflow.messaging.events.EventType;
import io.orderflow.messaging.events.EventWriter;
import java.text.SimpleDateFormat;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.databind.cfg.DateTimeFeature;
import tools.jackson.databind.cfg.EnumFeature;
import tools.jackson.databind.json.JsonMapper;

/** What {@code spring.jackson.*} does to the application's {@code JsonMapper} has no effect on events. */
class EventJsonInAnApplicationTest {

    enum Speed {
        FAST;

        @Override
        public String toString() {
            return "fast";
        }
    }

    record Placed(String orderId, @Nullable String note, Instant placedAt, Date due, Duration within, Speed speed) {}

    static Stream<JsonMapper> applicationMappers() {
        return Stream.of(
                JsonMapper.builder().build(),
                JsonMapper.builder()
                        .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
                        .build(),
                JsonMapper.builder()
                        .changeDefaultPropertyInclusion(all -> all.withValueInclusion(JsonInclude.Include.NON_NULL))
                        .build(),
                JsonMapper.builder()
                        .defaultDateFormat(new SimpleDateFormat("dd.MM.yyyy"))
                        .build(),
                JsonMapper.builder()
                        .enable(
                                DateTimeFeature.WRITE_DATES_AS_TIMESTAMPS,
                                DateTimeFeature.WRITE_DURATIONS_AS_TIMESTAMPS)
                        .disable(EnumFeature.WRITE_ENUMS_USING_TO_STRING)
                        .build());
    }

    @ParameterizedTest
    @MethodSource("applicationMappers")
    void settings_of_the_applications_mapper_do_not_change_the_wire(JsonMapper mapper) {
        Instant time = Instant.parse("2026-11-21T10:00:00.123Z");
        Placed placed = new Placed("o1", null, time, Date.from(time), Duration.ofMinutes(5), Speed.FAST);
        new ApplicationContextRunner()
                .withUserConfiguration(Application.class)
                .withBean(JsonMapper.class, () -> mapper)
                .withPropertyValues("messaging.broker=memory")
                .run(context -> assertThat(context.getBean(EventWriter.class)
                                .write(placed)
                                .message()
                                .value())
                        .asString()
                        .isEqualTo("""
                                {"orderId":"o1","note":null,"placedAt":"2026-11-21T10:00:00.123Z",\
                                "due":"2026-11-21T10:00:00.123Z","within":"PT5M","speed":"fast"}"""));
    }

    @Configuration(proxyBeanMethods = false)
    @EnableAutoConfiguration
    static class Application {

        @Bean
        EventType<Placed> placed() {
            return EventType.of(Placed.class, "order.placed.v1", "orders", Placed::orderId);
        }
    }
}
