package io.orderflow.systemtests;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonInclude.Include;
import io.swagger.v3.core.converter.AnnotatedType;
import io.swagger.v3.core.converter.ModelConverter;
import io.swagger.v3.core.converter.ModelConverterContext;
import io.swagger.v3.core.util.Json31;
import io.swagger.v3.oas.models.media.Schema;
import java.lang.reflect.RecordComponent;
import java.util.Iterator;
import org.springframework.core.Nullness;

/** A component of a record that is not {@code @Nullable} is required; another one may be null, unless null is omitted. */
final class RecordNullness implements ModelConverter {

    @Override
    public Schema<?> resolve(AnnotatedType type, ModelConverterContext context, Iterator<ModelConverter> chain) {
        if (!chain.hasNext()) {
            return null;
        }
        Schema<?> resolved = chain.next().resolve(type, context, chain);
        Class<?> raw = Json31.mapper().constructType(type.getType()).getRawClass();
        if (raw.isRecord() && resolved != null) {
            Schema<?> schema = resolved.get$ref() == null
                    ? resolved
                    : context.getDefinedModels().get(resolved.get$ref().replaceAll(".*/", ""));
            if (schema != null && schema.getProperties() != null) {
                describe(schema, raw);
            }
        }
        return resolved;
    }

    private static void describe(Schema<?> schema, Class<?> raw) {
        JsonInclude include = raw.getAnnotation(JsonInclude.class);
        boolean omitsNull = include != null && include.value() == Include.NON_NULL;
        for (RecordComponent component : raw.getRecordComponents()) {
            Schema<?> property = schema.getProperties().get(component.getName());
            if (!isNullable(raw, component)) {
                if (schema.getRequired() == null || !schema.getRequired().contains(component.getName())) {
                    schema.addRequiredItem(component.getName());
                }
            } else if (!omitsNull && property.getTypes() != null) {
                property.addType("null");
                if (property.getEnum() != null && !property.getEnum().contains(null)) {
                    property.addEnumItemObject(null);
                }
            }
        }
    }

    private static boolean isNullable(Class<?> raw, RecordComponent component) {
        try {
            return Nullness.forField(raw.getDeclaredField(component.getName())) == Nullness.NULLABLE;
        } catch (NoSuchFieldException e) {
            throw new IllegalStateException(e);
        }
    }
}
