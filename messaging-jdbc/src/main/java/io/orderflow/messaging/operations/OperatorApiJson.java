package io.orderflow.messaging.operations;

import io.orderflow.messaging.deadletters.DeadLetter;
import io.orderflow.messaging.deadletters.RedriveJob;
import io.orderflow.messaging.outbox.ParkedRow;
import io.orderflow.messaging.outbox.ScheduledRow;
import io.orderflow.messaging.replay.ReplayJob;
import io.orderflow.messaging.runtime.SubscriptionState;
import io.orderflow.messaging.runtime.TopicGroups.TopicGroup;
import java.util.List;
import org.springframework.http.MediaType;
import org.springframework.http.converter.HttpMessageConverters.ServerBuilder;
import org.springframework.http.converter.json.JacksonJsonHttpMessageConverter;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.MapperFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * The JSON of the operator API does not depend on the application's mapper: names are the same everywhere, and a filter with a
 * misspelt name is rejected, since without it a redrive would match every dead letter.
 */
class OperatorApiJson implements WebMvcConfigurer {

    private static final JsonMapper MAPPER = JsonMapper.builder()
            .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES, DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .disable(DeserializationFeature.ACCEPT_FLOAT_AS_INT)
            .disable(MapperFeature.ALLOW_COERCION_OF_SCALARS)
            .build();

    private static final List<Class<?>> TYPES = List.of(
            DeadLetter.class,
            DeadLetterDetails.class,
            DeadLetterPage.class,
            RedriveRequest.class,
            RedriveJob.class,
            RedriveJobController.Jobs.class,
            ReplayRequest.class,
            ReplayJob.class,
            ReplayController.Replays.class,
            AuditController.Entries.class,
            ParkedRow.class,
            OutboxController.ParkedPage.class,
            ScheduledRow.class,
            ScheduledController.ScheduledPage.class,
            TopicGroup.class,
            GroupController.Groups.class,
            SubscriptionState.class,
            SubscriptionController.Subscriptions.class,
            ConservationController.PublishedCounts.class,
            ConservationController.Balances.class);

    @Override
    public void configureMessageConverters(ServerBuilder builder) {
        builder.configureMessageConverters(converter -> {
            if (converter instanceof JacksonJsonHttpMessageConverter json) {
                TYPES.forEach(type ->
                        json.registerMappersForType(type, mappers -> mappers.put(MediaType.APPLICATION_JSON, MAPPER)));
            }
        });
    }
}
