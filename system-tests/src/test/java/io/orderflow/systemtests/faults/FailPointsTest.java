package io.orderflow.systemtests.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import net.bytebuddy.description.method.MethodDescription;
import net.bytebuddy.description.type.TypeDescription;
import net.bytebuddy.pool.TypePool;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Fail points name existing methods, so that a renamed method fails here. */
class FailPointsTest {

    static Stream<FailPoint> points() {
        return FailPoints.all().stream();
    }

    @ParameterizedTest
    @MethodSource("points")
    void every_place_of_a_fail_point_is_exactly_one_method_with_a_body(FailPoint point) throws IOException {
        assertThat(point.places()).isNotEmpty();
        for (JoinPoint place : point.places()) {
            TypePool.Resolution found = Modules.describe(place.className());
            assertThat(found.isResolved())
                    .as("%s: there is a class %s", point.name(), place.className())
                    .isTrue();
            TypeDescription type = found.resolve();
            List<MethodDescription> methods = new ArrayList<>(type.getDeclaredMethods().stream()
                    .filter(method -> method.getName().equals(place.method()))
                    .filter(method -> !method.isBridge())
                    .toList());
            assertThat(methods)
                    .as("%s: methods %s of %s", point.name(), place.method(), place.className())
                    .hasSize(1)
                    .noneMatch(MethodDescription::isAbstract);
        }
    }

    @ParameterizedTest
    @MethodSource("points")
    void every_caller_of_a_fail_point_exists(FailPoint point) throws IOException {
        for (String caller : point.inside()) {
            assertThat(
                            caller.endsWith(".")
                                    ? packageExists(caller)
                                    : Modules.describe(caller).isResolved())
                    .as("%s: there is %s", point.name(), caller)
                    .isTrue();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"halt:relay.nowhere", "explode:relay.before-send", "halt:relay.before-send@0", ""})
    void invalid_arguments_are_rejected(String faults) {
        assertThatThrownBy(() -> AgentJar.argument(faults)).isInstanceOf(IllegalArgumentException.class);
    }

    private static boolean packageExists(String prefix) {
        return Modules.RELEASED.stream()
                .map(Modules::classes)
                .anyMatch(folder ->
                        folder.resolve(prefix.replace('.', '/')).toFile().isDirectory());
    }
}
