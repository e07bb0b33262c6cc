package io.orderflow.messaging.sqs;

import io.orderflow.messaging.MessagingException;
import io.orderflow.messaging.TopicUnavailableException;
import java.time.Duration;
import java.util.function.Consumer;
import java.util.function.Supplier;
import software.amazon.awssdk.awscore.client.builder.AwsClientBuilder;
import software.amazon.awssdk.core.exception.AbortedException;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.core.retry.RetryMode;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.apache5.Apache5HttpClient;
import software.amazon.awssdk.services.sns.SnsClient;
import software.amazon.awssdk.services.sns.model.NotFoundException;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.QueueDoesNotExistException;

/** The clients of both services, which share their connections. */
record AwsClients(SdkHttpClient http, SnsClient sns, SqsClient sqs) {

    /** A receive waits no longer, so that a silent network can be told from an empty queue. */
    static final int MAX_WAIT_SECONDS = 4;

    private static final Duration CALL_WITH_RETRIES = Duration.ofSeconds(12);
    private static final int MAX_CONNECTIONS = 256; // a waiting receive occupies one

    static AwsClients create(Consumer<AwsClientBuilder<?, ?>> settings) {
        SdkHttpClient http = Apache5HttpClient.builder()
                .connectionTimeout(Duration.ofSeconds(2))
                .socketTimeout(Duration.ofSeconds(MAX_WAIT_SECONDS + 2))
                .maxConnections(MAX_CONNECTIONS)
                .build();
        return new AwsClients(
                http,
                configured(SnsClient.builder().httpClient(http), settings),
                configured(SqsClient.builder().httpClient(http), settings));
    }

    private static <C> C configured(AwsClientBuilder<?, C> client, Consumer<AwsClientBuilder<?, ?>> settings) {
        settings.accept(client);
        client.overrideConfiguration(
                all -> all.apiCallTimeout(CALL_WITH_RETRIES).retryStrategy(RetryMode.STANDARD));
        return client.build();
    }

    /** The result of a call; throws a {@link MessagingException} whose cause is the SDK's exception if the call fails. */
    static <T> T call(String action, Supplier<T> call) {
        try {
            return call.get();
        } catch (SdkException | IllegalStateException e) { // the latter once the clients are closed
            if (e instanceof AbortedException) {
                Thread.currentThread().interrupt();
            }
            String what = action + " failed: " + e.getMessage();
            throw e instanceof NotFoundException || e instanceof QueueDoesNotExistException
                    ? new TopicUnavailableException(what, e)
                    : new MessagingException(what, e);
        }
    }
}
