package io.orderflow.servers;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.model.PortBinding;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.testcontainers.DockerClientFactory;
import org.testcontainers.containers.GenericContainer;
import org.testcontainers.containers.wait.strategy.AbstractWaitStrategy;
import org.testcontainers.utility.DockerImageName;

/** A server in a container, on ports of this host that stay the same when it is restarted. */
final class Container implements Lifecycle {

    private static final int LAST_CHARACTERS = 4_000;

    private final String image;
    private final Map<Integer, Integer> ports;
    private final Map<String, String> environment;
    private final String[] command;
    private @Nullable GenericContainer<?> container;

    Container(String image, int innerPort, int port, Map<String, String> environment, String... command) {
        this(image, Map.of(innerPort, port), environment, command);
    }

    /** @param ports the ports of this host by those of the container */
    Container(String image, Map<Integer, Integer> ports, Map<String, String> environment, String... command) {
        this.image = image;
        this.ports = ports;
        this.environment = environment;
        this.command = command;
    }

    @Override
    public void start() {
        if (container != null) {
            docker().startContainerCmd(id()).exec();
            return;
        }
        GenericContainer<?> fresh = new GenericContainer<>(DockerImageName.parse(image))
                .withEnv(environment)
                // an engine binds only exposed ports, and the image may not expose all of these
                .withExposedPorts(ports.keySet().toArray(Integer[]::new))
                .withCreateContainerCmdModifier(create -> create.getHostConfig().withPortBindings(bindings()))
                .waitingFor(new NoWait());
        if (command.length > 0) {
            fresh.withCommand(command);
        }
        container = fresh;
        fresh.start();
        Guard.watchContainer(id());
    }

    @Override
    public void stop() {
        docker().stopContainerCmd(id()).exec();
    }

    @Override
    public void kill() {
        if (isAlive()) {
            docker().killContainerCmd(id()).exec();
        }
    }

    /** Whether a command inside it ends with 0. */
    boolean succeeds(String... program) {
        GenericContainer<?> running = container;
        if (running == null) {
            throw new IllegalStateException("not started");
        }
        try {
            return running.execInContainer(program).getExitCode() == 0;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    @Override
    public void freeze() {
        docker().pauseContainerCmd(id()).exec();
    }

    @Override
    public void thaw() {
        docker().unpauseContainerCmd(id()).exec();
    }

    @Override
    public void discard() {
        GenericContainer<?> ending = container;
        if (ending != null) {
            String id = id();
            ending.stop();
            container = null;
            Guard.unwatchContainer(id);
        }
    }

    @Override
    public boolean isAlive() {
        return container != null
                && Boolean.TRUE.equals(
                        docker().inspectContainerCmd(id()).exec().getState().getRunning());
    }

    @Override
    public String logTail() {
        if (container == null) {
            return "(no log)";
        }
        String all = container.getLogs();
        return all.substring(Math.max(0, all.length() - LAST_CHARACTERS));
    }

    @Override
    public String toString() {
        return container == null ? "not started" : "container " + image + " on ports " + ports.values();
    }

    private List<PortBinding> bindings() {
        return ports.entrySet().stream()
                .map(port -> PortBinding.parse(port.getValue() + ":" + port.getKey()))
                .toList();
    }

    private String id() {
        if (container == null) {
            throw new IllegalStateException("not started");
        }
        return container.getContainerId();
    }

    private static DockerClient docker() {
        return DockerClientFactory.instance().client();
    }

    /** {@link RealServer} waits with a probe of its own. */
    private static final class NoWait extends AbstractWaitStrategy {
        @Override
        protected void waitUntilReady() {
            // nothing to wait for
        }
    }
}
