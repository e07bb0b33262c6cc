package io.orderflow.messaging.rabbit;

import com.rabbitmq.client.AMQP;
import com.rabbitmq.client.Channel;
import com.rabbitmq.client.Method;
import com.rabbitmq.client.ShutdownSignalException;
import io.orderflow.messaging.MessagingException;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** Makes sentences of the client's exceptions: what the broker said, where it said something. */
final class RabbitFailures {

    private RabbitFailures() {}

    static MessagingException failure(String what, Throwable cause) {
        return new MessagingException(what + ": " + reason(cause), cause);
    }

    /** What the broker closed a channel or connection with (404, say), or 0. */
    static int code(@Nullable Throwable failure) {
        Method reason = closing(failure);
        return reason instanceof AMQP.Channel.Close channel
                ? channel.getReplyCode()
                : reason instanceof AMQP.Connection.Close connection ? connection.getReplyCode() : 0;
    }

    static String reason(Throwable failure) {
        Method reason = closing(failure);
        if (reason instanceof AMQP.Channel.Close channel) {
            return channel.getReplyText();
        }
        if (reason instanceof AMQP.Connection.Close connection) {
            return connection.getReplyText();
        }
        Throwable root = failure;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        return root.getMessage() == null ? root.getClass().getSimpleName() : root.getMessage();
    }

    /** Closes a channel whatever state it is in. */
    static void abandon(Channel channel) {
        try {
            channel.abort();
        } catch (IOException | ShutdownSignalException e) {
            // then it is closed
        }
    }

    private static @Nullable Method closing(@Nullable Throwable failure) {
        for (Throwable t = failure; t != null; t = t.getCause()) {
            if (t instanceof ShutdownSignalException shutdown && shutdown.getReason() != null) {
                return shutdown.getReason();
            }
        }
        return null;
    }
}
