package io.orderflow.localstack;

import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.Channels;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Function;
import tools.jackson.databind.json.JsonMapper;

/**
 * A socket in the folder of a running stack, which receives commands from other processes of the same user and executes one
 * after another.
 */
final class StackControl implements AutoCloseable {

    private static final JsonMapper JSON = JsonMapper.shared();

    /** The result of a command, or why it failed. */
    private record Reply(boolean done, String text) {}

    private record Command(List<String> words) {}

    private final ServerSocketChannel socket;
    private final Path file;

    private StackControl(ServerSocketChannel socket, Path file) {
        this.socket = socket;
        this.file = file;
    }

    /** Listens until it is closed. A {@link StackException} of a command becomes its answer. */
    static StackControl listen(Path folder, Function<List<String>, String> commands) throws IOException {
        Path file = file(folder);
        Files.deleteIfExists(file); // of a killed run
        ServerSocketChannel socket = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
        socket.bind(UnixDomainSocketAddress.of(file));
        StackControl control = new StackControl(socket, file);
        Thread thread = new Thread(() -> control.run(commands), "control");
        thread.setDaemon(true);
        thread.start();
        return control;
    }

    /**
     * Executes a command in the stack of this folder and returns its result.
     *
     * @throws StackException if it fails, or if no stack is running
     */
    static String send(Path folder, List<String> command) {
        Reply reply;
        try (SocketChannel channel = SocketChannel.open(UnixDomainSocketAddress.of(file(folder)))) {
            Channels.newOutputStream(channel).write(JSON.writeValueAsBytes(new Command(command)));
            channel.shutdownOutput();
            reply = JSON.readValue(Channels.newInputStream(channel).readAllBytes(), Reply.class);
        } catch (IOException e) {
            throw new StackException("No stack of this folder is running. ./orderflow up starts one.", e);
        }
        if (!reply.done()) {
            throw new StackException(reply.text());
        }
        return reply.text();
    }

    private void run(Function<List<String>, String> commands) {
        while (socket.isOpen()) {
            try (SocketChannel channel = socket.accept()) {
                Command command =
                        JSON.readValue(Channels.newInputStream(channel).readAllBytes(), Command.class);
                Channels.newOutputStream(channel).write(JSON.writeValueAsBytes(execute(commands, command.words())));
            } catch (ClosedChannelException closed) {
                return;
            } catch (IOException clientEnded) {
                // the next command is another client's
            }
        }
    }

    private static Reply execute(Function<List<String>, String> commands, List<String> words) {
        try {
            return new Reply(true, commands.apply(words));
        } catch (RuntimeException e) {
            return new Reply(false, String.valueOf(e.getMessage()));
        }
    }

    @Override
    public void close() {
        try {
            socket.close();
            Files.deleteIfExists(file);
        } catch (IOException e) {
            // the next stack of this folder replaces the file
        }
    }

    /** Relative: the path of a socket is limited to about 100 characters. */
    private static Path file(Path folder) {
        return folder.resolve("control");
    }
}
