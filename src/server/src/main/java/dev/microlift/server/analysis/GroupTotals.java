package dev.microlift.server.analysis;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Adds up the rows of units by group and arm. */
final class GroupTotals {

    private static final String SIZES = Sql.file("sizes.sql");
    private static final String PATHS = Sql.file("paths.sql");
    private static final String NUMBERS = Sql.file("numbers.sql");
    private static final String COVARIATES = Sql.file("covariates.sql");

    private final Session session;
    private final Question question;
    private final Definition definition;
    private final Map<String, Sql> pieces;
    private final Map<String, Group> groups = new TreeMap<>();

    /** @param group names each row's group, as a column */
    private GroupTotals(Session session, Question question, Map<String, Sql> pieces, Sql group) {
        this.session = session;
        this.question = question;
        this.definition = Definition.of(question);
        this.pieces = new HashMap<>(pieces);
        this.pieces.put("group", group.within("", " as \"group\""));
    }

    /** The units of one group. */
    static final class Group {
        private final long[] compared;
        private final long[] matured;
        private final List<ArmTotals> arms;

        private Group(Definition definition) {
            int count = definition.scope().arms().size();
            compared = new long[count];
            matured = new long[count];
            arms = Stream.generate(() -> new ArmTotals(definition)).limit(count).toList();
        }

        /** Units to be compared, by arm. */
        List<Long> exposed() {
            return LongStream.of(compared).boxed().toList();
        }
    }

    /** Caps are found over all groups: a quantile of everybody. */
    static GroupTotals of(
            Session session, Question question, Map<String, Sql> pieces, Sql group, List<@Nullable Double> caps)
            throws SQLException {
        GroupTotals totals = new GroupTotals(session, question, pieces, group);
        totals.addSizes();
        totals.addPaths();
        totals.addValues(caps);
        totals.addGuardrails();
        if (totals.definition.covariate() != null) {
            totals.addAttribute();
        }
        return totals;
    }

    Map<String, Group> groups() {
        return groups;
    }

    Group group(String key) {
        return groups.computeIfAbsent(key, absent -> new Group(definition));
    }

    private ArmTotals arm(ResultSet row) throws SQLException {
        return group(row.getString("group")).arms.get(row.getInt("variant_no"));
    }

    /** A group's arms; times by arm and step, if there are any. */
    List<Arm> arms(Group group, List<@Nullable Double> caps, List<List<StepTimes>> times) {
        List<String> variants = question.scope().arms();
        return IntStream.range(0, variants.size())
                .mapToObj(v -> group.arms
                        .get(v)
                        .arm(
                                variants.get(v),
                                group.compared[v],
                                group.matured[v],
                                caps,
                                times.isEmpty() ? List.of() : times.get(v)))
                .toList();
    }

    private void addSizes() throws SQLException {
        session.query(Sql.fill(SIZES, pieces), row -> {
            Group group = group(row.getString("group"));
            group.compared[row.getInt("variant_no")] = row.getLong("compared");
            group.matured[row.getInt("variant_no")] = row.getLong("matured");
        });
    }

    private void addPaths() throws SQLException {
        StringBuilder past = new StringBuilder("0::bigint");
        if (definition.followUp().past().isPresent()) {
            for (int i = 0; i < definition.steps().size(); i++) {
                past.append(" + case when past_" + i + " then " + (1L << i) + " else 0 end");
            }
        }
        pieces.put("past", Sql.of(past.toString()));
        pieces.put("event_counts", eventCounts());
        session.query(Sql.fill(PATHS, pieces), row -> {
            ArmTotals arm = arm(row);
            arm.path(Path.of(row), row.getLong("past"));
            addCounts(arm, row);
        });
    }

    /** How many events there were. */
    private Sql eventCounts() {
        StringBuilder columns = new StringBuilder();
        for (int i = 0; i < definition.steps().size(); i++) {
            columns.append(", sum(events_" + i + ")::bigint as events_" + i);
        }
        for (int g = 0; g < definition.guardrails().size(); g++) {
            columns.append(", count(*) filter (hits_" + g + " > 0) as units_" + g);
            columns.append(", sum(hits_" + g + ")::bigint as hits_" + g);
            columns.append(", sum(hits_" + g + "::bigint * hits_" + g + ")::bigint as squares_" + g);
        }
        return Sql.of(columns.toString());
    }

    private void addCounts(ArmTotals arm, ResultSet row) throws SQLException {
        for (int i = 0; i < definition.steps().size(); i++) {
            arm.events(i, row.getLong("events_" + i));
        }
        for (int g = 0; g < definition.guardrails().size(); g++) {
            long units = row.getLong("units_" + g);
            boolean once = definition.guardrails().get(g).kind() == GuardrailMetric.Kind.CONVERSION;
            arm.guardrail(
                    g, units, once ? units : row.getLong("hits_" + g), once ? units : row.getLong("squares_" + g));
        }
    }

    private void addValues(List<@Nullable Double> caps) throws SQLException {
        for (int i = 0; i < definition.steps().size(); i++) {
            if (definition.steps().get(i).valueProperty().isEmpty()) {
                continue;
            }
            int step = i;
            Double cap = caps.get(i);
            String y = cap == null ? "sum_" + i : "least(sum_" + i + ", " + cap + "::double)";
            numbers(y, covariate("past_sum_" + i), (arm, x, value, units) -> arm.value(step, x, value, units));
        }
    }

    /** What explains a value; null if nothing does. */
    private @Nullable String covariate(String past) {
        if (definition.covariate() != null) {
            return "covariate";
        }
        return definition.followUp().past().isPresent() ? "coalesce(" + past + ", 0)" : null;
    }

    /** Takes units with the same numbers. */
    @FunctionalInterface
    private interface NumberReader {

        void read(ArmTotals arm, @Nullable Double x, double y, long units);
    }

    private void numbers(String y, @Nullable String x, NumberReader reader) throws SQLException {
        pieces.put("y", Sql.of(y));
        pieces.put("x", Sql.of(x == null ? "null::double" : x));
        // Units of zeros add nothing, unless it has to be known whether x is there at all.
        pieces.put(
                "counts",
                Sql.of("(" + y + " <> 0"
                        + (x == null ? "" : " or " + x + (x.equals("covariate") ? " is not null" : " <> 0")) + ")"));
        session.query(Sql.fill(NUMBERS, pieces), row -> {
            double explaining = row.getDouble("x");
            boolean isKnown = !row.wasNull();
            reader.read(arm(row), isKnown ? explaining : null, row.getDouble("y"), row.getLong("units"));
        });
    }

    private void addGuardrails() throws SQLException {
        for (int g = 0; g < definition.guardrails().size(); g++) {
            if (definition.guardrails().get(g).kind() == GuardrailMetric.Kind.SUM) {
                int metric = g;
                numbers("coalesce(amount_" + g + ", 0)", null, (arm, x, y, units) -> arm.amount(metric, y, units));
            }
        }
    }

    private void addAttribute() throws SQLException {
        session.query(Sql.fill(COVARIATES, pieces), row -> {
            Path path =
                    new Path(row.getLong("did"), 0, row.getInt("furthest"), row.getInt("strict"), row.getLong("units"));
            arm(row).attribute(path, row.getDouble("covariate"));
        });
    }
}
