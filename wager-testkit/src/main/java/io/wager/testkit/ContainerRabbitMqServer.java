package io.wager.testkit;

import java.io.IOException;
import java.net.URI;
import java.util.List;
import java.util.stream.Stream;
import org.testcontainers.containers.RabbitMQContainer;
import org.testcontainers.utility.DockerImageName;

/** A server in a container, on a host port that stays the same when the container is killed and started again. */
final class ContainerRabbitMqServer extends RabbitMqServer {

    private static final DockerImageName IMAGE = DockerImageName.parse("rabbitmq:4-management-alpine");
    private static final int AMQP_PORT = 5672;

    private final int port = FreePort.find();
    private final RabbitMQContainer container = new RabbitMQContainer(IMAGE);

    ContainerRabbitMqServer() {
        container.setPortBindings(List.of(port + ":" + AMQP_PORT));
    }

    @Override
    public URI uri() {
        return URI.create("amqp://" + container.getAdminUsername() + ":" + container.getAdminPassword() + "@"
                + container.getHost() + ":" + port);
    }

    @Override
    public void start() {
        if (container.getContainerId() == null) {
            container.start();
        } else if (!container.isRunning()) {
            container
                    .getDockerClient()
                    .startContainerCmd(container.getContainerId())
                    .exec();
        }
        awaitConnections();
    }

    @Override
    public void kill() {
        container.getDockerClient().killContainerCmd(container.getContainerId()).exec();
    }

    @Override
    public void stop() {
        if (container.isRunning()) {
            container
                    .getDockerClient()
                    .stopContainerCmd(container.getContainerId())
                    .exec();
        }
    }

    @Override
    public String rabbitmqctl(String... arguments) {
        try {
            var command = Stream.concat(Stream.of("rabbitmqctl"), Stream.of(arguments))
                    .toArray(String[]::new);
            var result = container.execInContainer(command);
            if (result.getExitCode() != 0) {
                throw new IllegalStateException("rabbitmqctl failed: " + result.getStdout() + result.getStderr());
            }
            return result.getStdout();
        } catch (IOException failure) {
            throw new IllegalStateException("rabbitmqctl could not be run", failure);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("rabbitmqctl was interrupted", interrupted);
        }
    }

    @Override
    void discard() {
        container.stop();
    }
}
