package dev.microlift.assignment.growthbook;

import dev.microlift.assignment.CompiledCondition;
import dev.microlift.assignment.Condition;
import dev.microlift.assignment.ConditionFault;
import dev.microlift.assignment.Conditions;
import dev.microlift.assignment.RegexEngine;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Compiles what rules and experiments ask of attributes, pages and other features. */
record ConditionReader(RegexEngine engine, Map<String, List<?>> groups) {

    /** Reads the payload's groups: lists of values, or objects of type {@code list} with such values. */
    static ConditionReader of(RegexEngine engine, @Nullable Object savedGroups) {
        Map<String, List<?>> groups = new HashMap<>();
        if (savedGroups instanceof Map<?, ?> map) {
            map.forEach((name, group) -> {
                Object values = group instanceof Map<?, ?> typed && "list".equals(typed.get("type"))
                        ? typed.get("values")
                        : group;
                if (values instanceof List<?> list) {
                    groups.put(String.valueOf(name), list);
                }
            });
        }
        return new ConditionReader(engine, groups);
    }

    /**
     * A condition whose faulty parts are false, as published. One that is too deep is refused as a whole: a negation
     * around the part that is cut off would let everybody in.
     */
    Condition condition(@Nullable Object json) throws MalformedException {
        CompiledCondition compiled = Conditions.compile(json, engine, groups);
        for (ConditionFault fault : compiled.faults()) {
            if (fault.kind() == ConditionFault.Kind.TOO_DEEP) {
                throw new MalformedException("condition: " + fault.message());
            }
        }
        return compiled.condition();
    }

    List<Prerequisite> prerequisites(Members members) throws MalformedException {
        List<Prerequisite> prerequisites = new ArrayList<>();
        for (Object json : members.list("parentConditions").orElse(List.of())) {
            Members parent = Members.of(json, "parentConditions");
            prerequisites.add(new Prerequisite(
                    parent.requiredText("id"), condition(parent.value("condition")), parent.isTrue("gate")));
        }
        return prerequisites;
    }

    Optional<UrlTargeting> urls(Members members) throws MalformedException {
        Optional<List<?>> patterns = members.list("urlPatterns");
        if (patterns.isEmpty()) {
            return Optional.empty();
        }
        List<UrlTargeting.Target> targets = new ArrayList<>();
        for (Object json : patterns.get()) {
            Members target = Members.of(json, "urlPatterns");
            targets.add(new UrlTargeting.Target(!target.isFalse("include"), urlPattern(target)));
        }
        return Optional.of(new UrlTargeting(targets));
    }

    private UrlTargeting.Pattern urlPattern(Members target) throws MalformedException {
        String pattern = target.requiredText("pattern");
        return switch (target.requiredText("type")) {
            case "simple" -> new UrlTargeting.Pattern.Simple(Address.ofPattern(pattern));
            case "regex" -> regex(pattern);
            default -> new UrlTargeting.Pattern.Nothing();
        };
    }

    private UrlTargeting.Pattern regex(String pattern) {
        if (pattern.length() > Conditions.MAX_REGEX_LENGTH) {
            return new UrlTargeting.Pattern.Nothing();
        }
        try {
            return new UrlTargeting.Pattern.Regex(engine.compile(pattern, false));
        } catch (RegexEngine.InvalidRegexException e) {
            return new UrlTargeting.Pattern.Nothing();
        }
    }
}
