package io.orderflow.messaging.rabbit;

import com.rabbitmq.client.AMQP;
import com.rabbitmq.client.Channel;
import com.rabbitmq.client.Method;
import com.rabbitmq.client.ShutdownSignalException;
import io.orderflow.messaging.MessagingException;
import io.orderflow.messaging.TopicUnavailableException;
import java.io.IOException;
import org.jspecify.annotations.Nullable;
import org.springframework.core.NestedExceptionUtils;

/** Describes the client's exceptions by the broker's reply, where there is one. */
final class RabbitFailures {

    private RabbitFailures() {}

    static MessagingException failure(String what, Throwable cause) {
        if (cause instanceof InterruptedException) {
            Thread.currentThread().interrupt();
        }
        String message = what + ": " + reason(cause);
        return code(cause) == AMQP.NOT_FOUND
                ? new TopicUnavailableException(message, cause)
                : new MessagingException(message, cause);
    }

    /** The reply code with which the broker closed the channel or connection, such as 404; 0 if it did not. */
    static int code(@Nullable Throwable failure) {
        Method close = closeMethod(failure);
        return close instanceof AMQP.Channel.Close channel
                ? channel.getReplyCode()
                : close instanceof AMQP.Connection.Close connection ? connection.getReplyCode() : 0;
    }

    static String reason(Throwable failure) {
        Method close = closeMethod(failure);
        if (close instanceof AMQP.Channel.Close channel) {
            return channel.getReplyText();
        }
        if (close instanceof AMQP.Connection.Close connection) {
            return connection.getReplyText();
        }
        Throwable root = NestedExceptionUtils.getMostSpecificCause(failure);
        return root.getMessage() == null ? root.getClass().getSimpleName() : root.getMessage();
    }

    /** Closes a channel, whatever state it is in. */
    static void close(Channel channel) {
        try {
            channel.abort();
        } catch (IOException | ShutdownSignalException e) {
            // the channel is closed already
        }
    }

    private static @Nullable Method closeMethod(@Nullable Throwable failure) {
        for (Throwable t = failure; t != null; t = t.getCause()) {
            if (t instanceof ShutdownSignalException shutdown && shutdown.getReason() != null) {
                return shutdown.getReason();
            }
        }
        return null;
    }
}
