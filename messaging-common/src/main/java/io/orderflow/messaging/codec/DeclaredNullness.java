package io.orderflow.messaging.codec;

import com.fasterxml.jackson.annotation.JsonSetter;
import com.fasterxml.jackson.annotation.Nulls;
import java.lang.annotation.Annotation;
import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.AnnotatedParameterizedType;
import java.lang.reflect.AnnotatedType;
import java.lang.reflect.RecordComponent;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.cfg.MapperConfig;
import tools.jackson.databind.introspect.Annotated;
import tools.jackson.databind.introspect.AnnotatedConstructor;
import tools.jackson.databind.introspect.AnnotatedMember;
import tools.jackson.databind.introspect.AnnotatedParameter;
import tools.jackson.databind.introspect.NopAnnotationIntrospector;

/**
 * Has Jackson require what a record declares: a component that is neither {@code @Nullable} nor an {@code Optional} has to
 * be there and must not be null, and neither must the elements of one that is a collection or an array, or the values of
 * one that is a map. Any annotation of that name counts, as long as it can be seen at run time.
 */
final class DeclaredNullness extends NopAnnotationIntrospector {

    private static final long serialVersionUID = 1L;

    private static final String NULLABLE = "Nullable";

    private static final Set<Class<?>> OPTIONALS =
            Set.of(Optional.class, OptionalInt.class, OptionalLong.class, OptionalDouble.class);

    @Override
    public @Nullable Boolean hasRequiredMarker(MapperConfig<?> config, AnnotatedMember member) {
        RecordComponent component = component(member);
        return component == null ? null : !mayBeMissing(component);
    }

    @Override
    public JsonSetter.Value findSetterInfo(MapperConfig<?> config, Annotated annotated) {
        RecordComponent component = component(annotated);
        return component == null
                ? JsonSetter.Value.empty()
                : JsonSetter.Value.construct(
                        mayBeMissing(component) ? Nulls.DEFAULT : Nulls.FAIL,
                        mayHoldNull(component.getAnnotatedType()) ? Nulls.DEFAULT : Nulls.FAIL);
    }

    /** The component that a parameter of a record's canonical constructor stands for. */
    private static @Nullable RecordComponent component(Annotated annotated) {
        if (!(annotated instanceof AnnotatedParameter parameter)
                || !(parameter.getOwner() instanceof AnnotatedConstructor constructor)) {
            return null;
        }
        RecordComponent[] components = constructor.getDeclaringClass().getRecordComponents();
        return components == null || components.length != constructor.getParameterCount()
                ? null
                : components[parameter.getIndex()];
    }

    private static boolean mayBeMissing(RecordComponent component) {
        return OPTIONALS.contains(component.getType())
                || isNullable(component)
                || isNullable(component.getAnnotatedType());
    }

    /** Whether its elements or values, the last of its type arguments, may be null. */
    private static boolean mayHoldNull(AnnotatedType type) {
        if (!(type instanceof AnnotatedParameterizedType parameterized)) {
            return false;
        }
        AnnotatedType[] arguments = parameterized.getAnnotatedActualTypeArguments();
        return isNullable(arguments[arguments.length - 1]);
    }

    private static boolean isNullable(AnnotatedElement element) {
        return Stream.of(element.getAnnotations())
                .map(Annotation::annotationType)
                .map(Class::getSimpleName)
                .anyMatch(NULLABLE::equals);
    }
}
