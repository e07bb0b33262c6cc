package io.orderflow.systemtests.faults;

import java.lang.invoke.MethodType;
import java.lang.reflect.Field;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Access to objects whose types belong to another class loader. */
final class Reflection {

    private Reflection() {}

    /** Calls the method of that name whose parameters accept the arguments. */
    static @Nullable Object call(@Nullable Object on, String method, Object... arguments) throws Exception {
        for (Class<?> type = on.getClass(); type != null; type = type.getSuperclass()) {
            for (Method each : type.getDeclaredMethods()) {
                if (each.getName().equals(method) && accepts(arguments, each.getParameterTypes())) {
                    each.setAccessible(true);
                    return invoke(each, on, arguments);
                }
            }
        }
        throw new NoSuchMethodException(method + Arrays.toString(arguments) + " of " + on.getClass());
    }

    private static boolean accepts(Object[] arguments, Class<?>[] types) {
        if (arguments.length != types.length) {
            return false;
        }
        for (int i = 0; i < types.length; i++) {
            if (!MethodType.methodType(types[i]).wrap().returnType().isInstance(arguments[i])) {
                return false;
            }
        }
        return true;
    }

    private static @Nullable Object invoke(Method method, @Nullable Object on, Object[] arguments) throws Exception {
        try {
            return method.invoke(on, arguments);
        } catch (InvocationTargetException e) {
            throw e.getCause() instanceof Exception cause ? cause : e;
        }
    }

    static Object field(@Nullable Object of, String name) throws Exception {
        Field field = of.getClass().getDeclaredField(name);
        field.setAccessible(true);
        return field.get(of);
    }
}
