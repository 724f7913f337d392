package gesso.library;

import gesso.request.BadInput;
import gesso.request.GessoException;
import gesso.request.Picture;
import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Records as JSON values, whole by construction: whatever components a record has are written, those of records inside it
 * included. For what is read again by the same Gesso (the queue on disk); what people share has a form of its own. Of a sealed
 * interface the record's name is kept, and only its own records are ever made. Pictures lie outside, under names.
 */
public final class RecordJson {
    private static final String TYPE = "type";

    /** Where pictures lie. */
    public interface Pictures {
        /** A name for the picture, under which it is kept. */
        String write(Picture picture);

        /** The picture of that name. @throws BadInput where it is gone */
        Picture read(String name);
    }

    private final Pictures pictures;

    public RecordJson(Pictures pictures) {
        this.pictures = pictures;
    }

    /** A record as maps, lists, texts, numbers, booleans and null. */
    public Map<String, @Nullable Object> write(Record value) {
        Map<String, @Nullable Object> out = new LinkedHashMap<>();
        for (RecordComponent component : value.getClass().getRecordComponents()) {
            out.put(component.getName(), plain(get(component, value), component.getType()));
        }
        return out;
    }

    private @Nullable Object plain(@Nullable Object value, Class<?> declared) {
        if (value instanceof Picture picture) {
            return pictures.write(picture);
        }
        if (value instanceof Record inner) {
            Map<String, @Nullable Object> written = write(inner);
            if (declared.isInterface()) {
                written.put(TYPE, inner.getClass().getSimpleName());
            }
            return written;
        }
        if (value instanceof Enum<?> choice) {
            return choice.name();
        }
        if (value instanceof List<?> list) {
            return list.stream().map(each -> plain(each, each.getClass())).toList();
        }
        if (value instanceof Map<?, ?> || value instanceof Number || value instanceof Boolean || value == null) {
            return value;
        }
        if (value instanceof String || value instanceof Path) {
            return value.toString();
        }
        throw new IllegalArgumentException("There is no JSON for " + value.getClass());
    }

    /**
     * A record again.
     *
     * @param type a record, or a sealed interface of records
     * @throws BadInput where the values do not make one
     */
    public <T> T read(Object json, Class<T> type) {
        return type.cast(Objects.requireNonNull(value(json, type)));
    }

    private @Nullable Object value(@Nullable Object json, Type type) {
        if (type instanceof ParameterizedType generic) {
            return container(json, generic);
        }
        Class<?> wanted = (Class<?>) type;
        if (json == null) {
            if (wanted.isPrimitive()) {
                throw unreadable(wanted);
            }
            return null;
        }
        if (json instanceof Map<?, ?> map) {
            return record(map, wanted);
        }
        if (json instanceof Number number) {
            return number(number, wanted);
        }
        if (json instanceof Boolean) {
            return json;
        }
        return json instanceof String text ? ofText(text, wanted) : refuse(wanted);
    }

    private @Nullable Object container(@Nullable Object json, ParameterizedType type) {
        if (json instanceof List<?> list) {
            List<Object> values = new ArrayList<>();
            for (Object each : list) {
                values.add(Objects.requireNonNull(value(each, type.getActualTypeArguments()[0])));
            }
            return values;
        }
        return json == null || json instanceof Map ? json : refuse(Map.class);
    }

    private Object record(Map<?, ?> json, Class<?> wanted) {
        Class<?> type = wanted.isRecord() ? wanted : permitted(wanted, json.get(TYPE));
        RecordComponent[] components = type.getRecordComponents();
        @Nullable Object[] values = new Object[components.length];
        for (int i = 0; i < components.length; i++) {
            values[i] = value(json.get(components[i].getName()), components[i].getGenericType());
        }
        Class<?>[] types =
                Arrays.stream(components).map(RecordComponent::getType).toArray(Class<?>[]::new);
        try {
            Constructor<?> constructor = type.getDeclaredConstructor(types);
            return constructor.newInstance(values);
        } catch (InvocationTargetException e) {
            if (e.getCause() instanceof GessoException known) {
                throw known;
            }
            throw new BadInput("This version of Gesso cannot read a %s from it.".formatted(type.getSimpleName()), e);
        } catch (ReflectiveOperationException | IllegalArgumentException e) {
            throw new BadInput("This version of Gesso cannot read a %s from it.".formatted(type.getSimpleName()), e);
        }
    }

    private static Class<?> permitted(Class<?> sealed, @Nullable Object name) {
        Class<?>[] all = sealed.getPermittedSubclasses();
        if (all != null) {
            for (Class<?> each : all) {
                if (each.isRecord() && each.getSimpleName().equals(name)) {
                    return each;
                }
            }
        }
        throw unreadable(sealed);
    }

    private static Object number(Number number, Class<?> wanted) {
        if (wanted == int.class || wanted == Integer.class) {
            return number.intValue();
        }
        if (wanted == long.class || wanted == Long.class) {
            return number.longValue();
        }
        return wanted == double.class || wanted == Double.class ? (Object) number.doubleValue() : refuse(wanted);
    }

    private Object ofText(String text, Class<?> wanted) {
        if (wanted == String.class) {
            return text;
        }
        if (wanted == Picture.class) {
            return pictures.read(text);
        }
        if (wanted == Path.class) {
            try {
                return Path.of(text);
            } catch (InvalidPathException e) {
                throw new BadInput("\"%s\" is no path here.".formatted(text), e);
            }
        }
        for (Object choice : wanted.isEnum() ? wanted.getEnumConstants() : new Object[0]) {
            if (((Enum<?>) choice).name().equals(text)) {
                return choice;
            }
        }
        return refuse(wanted);
    }

    private static Object refuse(Class<?> wanted) {
        throw unreadable(wanted);
    }

    private static BadInput unreadable(Class<?> wanted) {
        return new BadInput("This version of Gesso cannot read a %s from it.".formatted(wanted.getSimpleName()));
    }

    private static @Nullable Object get(RecordComponent component, Record of) {
        try {
            return component.getAccessor().invoke(of);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(e); // Gesso's own records are all open to it
        }
    }
}
