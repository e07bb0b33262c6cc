package io.orderflow.systemtests.faults;

import static net.bytebuddy.matcher.ElementMatchers.named;

import java.lang.instrument.Instrumentation;
import net.bytebuddy.agent.builder.AgentBuilder;
import net.bytebuddy.asm.Advice;
import net.bytebuddy.description.type.TypeDescription;
import net.bytebuddy.dynamic.DynamicType;
import net.bytebuddy.utility.JavaModule;
import org.jspecify.annotations.Nullable;

/**
 * Puts armed fail points and breakages into classes while these are loaded. Any error ends the JVM, so that no test passes
 * because its fault was not injected.
 *
 * @see AgentJar
 */
public final class FaultAgent {

    private FaultAgent() {}

    /** Called by the JVM before {@code main}. */
    public static void premain(String argument, Instrumentation instrumentation) {
        AgentBuilder agent = new AgentBuilder.Default()
                .with(AgentBuilder.TypeStrategy.Default.DECORATE)
                .with(AgentBuilder.InitializationStrategy.NoOp.INSTANCE)
                .with(new EndingOnErrors());
        Faults faults = Faults.parse(argument);
        for (Breakage breakage : faults.broken()) {
            for (Replacement replacement : breakage.replacements()) {
                Hooks.replace(replacement);
                agent = agent.type(named(replacement.className()))
                        .transform((builder, type, loader, module, domain) -> put(builder, replacement));
            }
        }
        for (ArmedPoint armed : faults.armed()) {
            Hooks.arm(armed);
            for (JoinPoint place : armed.point().places()) {
                agent = agent.type(named(place.className()))
                        .transform((builder, type, loader, module, domain) -> put(builder, armed.point(), place));
            }
        }
        agent.installOn(instrumentation);
    }

    private static DynamicType.Builder<?> put(DynamicType.Builder<?> builder, Replacement replacement) {
        Class<?> advice = switch (replacement.manner()) {
            case INSTEAD -> Advices.Instead.class;
            case SKIP -> Advices.Skip.class;
            case AFTERWARDS -> Advices.Afterwards.class;
            case SWALLOW -> Advices.Swallow.class;
            case THIRD_IS_FALSE -> Advices.ThirdIsFalse.class;
        };
        return builder.visit(Advice.withCustomMapping()
                .bind(Advices.Name.class, replacement.key())
                .to(advice)
                .on(replacement.matcher()));
    }

    private static DynamicType.Builder<?> put(DynamicType.Builder<?> builder, FailPoint point, JoinPoint place) {
        Class<?> advice = place.side() == JoinPoint.Side.BEFORE ? Advices.Before.class : Advices.After.class;
        return builder.visit(Advice.withCustomMapping()
                .bind(Advices.Name.class, point.name())
                .to(advice)
                .on(named(place.method())));
    }

    private static final class EndingOnErrors extends AgentBuilder.Listener.Adapter {
        @Override
        public void onError(
                String typeName,
                @Nullable ClassLoader loader,
                @Nullable JavaModule module,
                boolean loaded,
                Throwable failure) {
            System.err.println("The fault cannot be injected into " + typeName + ": " + failure);
            failure.printStackTrace();
            Runtime.getRuntime().halt(1);
        }

        @Override
        public void onTransformation(
                TypeDescription type,
                @Nullable ClassLoader loader,
                @Nullable JavaModule module,
                boolean loaded,
                DynamicType dynamicType) {
            System.err.println("Faults are injected into " + type.getName());
        }
    }
}
