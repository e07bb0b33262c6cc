package io.orderflow.systemtests;

import io.swagger.v3.core.jackson.TypeNameResolver;

/** Names a record inside a view after both, {@code OrderViewItem}: several views have items. */
final class NestedNames extends TypeNameResolver {

    @Override
    protected String getNameOfClass(Class<?> type) {
        Class<?> outer = type.getEnclosingClass();
        return outer == null || outer.getSimpleName().endsWith("Controller")
                ? type.getSimpleName()
                : outer.getSimpleName() + type.getSimpleName();
    }
}
