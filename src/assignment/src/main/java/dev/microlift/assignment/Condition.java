package dev.microlift.assignment;

import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A compiled predicate on attributes; {@link Conditions} makes it. It never throws, whatever the attributes are, and its
 * depth is bounded by the definition's, not by the attributes'.
 */
public sealed interface Condition {

    /** Holds for everybody. */
    Condition ALWAYS = new Constant(true);

    /** Holds for nobody. */
    Condition NEVER = new Constant(false);

    /**
     * Whether the condition holds.
     *
     * @param subject a map of attributes; inside {@code $elemMatch} an element of a list, whatever it is
     */
    boolean matches(@Nullable Object subject);

    /** Whether it looks at a member of the subject that has one of these names. */
    boolean asksFor(Set<String> names);

    /** The same answer for everybody. */
    record Constant(boolean answer) implements Condition {
        @Override
        public boolean matches(@Nullable Object subject) {
            return answer;
        }

        @Override
        public boolean asksFor(Set<String> names) {
            return false;
        }
    }

    /** Every part holds. */
    record AllOf(List<Condition> parts) implements Condition {
        public AllOf {
            parts = List.copyOf(parts);
        }

        @Override
        public boolean matches(@Nullable Object subject) {
            for (int i = 0; i < parts.size(); i++) {
                if (!parts.get(i).matches(subject)) {
                    return false;
                }
            }
            return true;
        }

        @Override
        public boolean asksFor(Set<String> names) {
            return parts.stream().anyMatch(part -> part.asksFor(names));
        }
    }

    /** At least one part holds. */
    record AnyOf(List<Condition> parts) implements Condition {
        public AnyOf {
            parts = List.copyOf(parts);
        }

        @Override
        public boolean matches(@Nullable Object subject) {
            for (int i = 0; i < parts.size(); i++) {
                if (parts.get(i).matches(subject)) {
                    return true;
                }
            }
            return false;
        }

        @Override
        public boolean asksFor(Set<String> names) {
            return parts.stream().anyMatch(part -> part.asksFor(names));
        }
    }

    /** The other condition does not hold. */
    record Not(Condition negated) implements Condition {
        @Override
        public boolean matches(@Nullable Object subject) {
            return !negated.matches(subject);
        }

        @Override
        public boolean asksFor(Set<String> names) {
            return negated.asksFor(names);
        }
    }

    /** The value at the path passes the test; where the path leads nowhere the value is null. */
    record Attribute(List<String> path, ValueTest test) implements Condition {
        public Attribute {
            path = List.copyOf(path);
        }

        @Override
        public boolean matches(@Nullable Object subject) {
            Object value = subject;
            for (int i = 0; i < path.size(); i++) {
                value = member(value, path.get(i));
            }
            return test.accepts(value);
        }

        @Override
        public boolean asksFor(Set<String> names) {
            return path.size() == 1 && names.contains(path.get(0));
        }

        private static @Nullable Object member(@Nullable Object container, String name) {
            if (container instanceof Map<?, ?> map) {
                return map.get(name);
            }
            return container instanceof List<?> list ? element(list, name) : null;
        }

        /** Lists have their positions and their length as members, as in JavaScript. */
        private static @Nullable Object element(List<?> list, String name) {
            if (name.equals("length")) {
                return list.size();
            }
            boolean position = name.length() < 10
                    && !name.isEmpty()
                    && name.chars().allMatch(c -> c >= '0' && c <= '9')
                    && (name.length() == 1 || name.charAt(0) != '0');
            if (!position) {
                return null;
            }
            int index = Integer.parseInt(name);
            return index < list.size() ? list.get(index) : null;
        }
    }
}
