package io.orderflow.messaging.policy;

import static org.assertj.core.api.Assertions.assertThat;

import io.orderflow.messaging.MessageRejectedException;
import io.orderflow.messaging.MessagingException;
import java.net.ConnectException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.net.http.HttpTimeoutException;
import java.nio.channels.UnresolvedAddressException;
import java.sql.SQLException;
import java.sql.SQLRecoverableException;
import java.sql.SQLTransientConnectionException;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

class TransientFailuresTest {

    @ParameterizedTest
    @ValueSource(strings = {"08000", "08006", "40001", "40P01", "55P03", "57P01", "57P03", "53300"})
    void these_states_of_the_database_are_transient(String state) {
        SQLException failure = new SQLException("failed", state);
        assertThat(TransientFailures.isOfDatabase(new IllegalStateException(failure)))
                .isTrue();
        assertThat(TransientFailures.isTransient(failure)).isTrue();
        assertThat(TransientFailures.isOfNetwork(failure)).isFalse();
    }

    @ParameterizedTest
    @NullSource
    @ValueSource(strings = {"", "23505", "22001", "42P01", "40002", "57014", "55000"})
    void other_states_are_not(String state) {
        assertThat(TransientFailures.isTransient(new SQLException("failed", state)))
                .isFalse();
    }

    @Test
    void transient_exceptions_of_the_driver_need_no_state() {
        assertThat(TransientFailures.isOfDatabase(new SQLTransientConnectionException("pool exhausted")))
                .isTrue();
        assertThat(TransientFailures.isOfDatabase(new SQLRecoverableException("closed")))
                .isTrue();
    }

    @ParameterizedTest
    @MethodSource
    void a_network_that_does_not_answer_is_transient(Exception failure) {
        assertThat(TransientFailures.isOfNetwork(new IllegalStateException(failure)))
                .isTrue();
        assertThat(TransientFailures.isTransient(failure)).isTrue();
        assertThat(TransientFailures.isOfDatabase(failure)).isFalse();
        assertThat(TransientFailures.isOfBroker(failure)).isFalse();
    }

    static Stream<Exception> a_network_that_does_not_answer_is_transient() {
        return Stream.of(
                new ConnectException(),
                new SocketTimeoutException(),
                new UnknownHostException(),
                new UnresolvedAddressException(),
                new HttpTimeoutException("slow"),
                new TimeoutException());
    }

    @Test
    void an_unavailable_broker_is_transient_and_a_rejected_message_is_not() {
        MessagingException unavailable = new MessagingException("unavailable", null);
        assertThat(TransientFailures.isOfBroker(new IllegalStateException(unavailable)))
                .isTrue();
        assertThat(TransientFailures.isTransient(unavailable)).isTrue();
        MessageRejectedException rejected = new MessageRejectedException("too large", null);
        assertThat(TransientFailures.isOfBroker(rejected)).isFalse();
        assertThat(TransientFailures.isTransient(rejected)).isFalse();
    }

    @Test
    void a_bug_is_not_transient() {
        assertThat(TransientFailures.isTransient(new NullPointerException())).isFalse();
    }
}
