package dev.microlift.server.analysis;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/** What became of units between one required step and the next. */
final class Edges {

    private static final String MEDIANS = Sql.file("medians.sql");
    private static final String NEXT_EVENTS = Sql.file("next_events.sql");

    private final Session session;
    private final Question question;
    private final Map<String, Sql> pieces;
    private final int[] required;

    Edges(Session session, Question question, Map<String, Sql> pieces) {
        this.session = session;
        this.question = question;
        this.pieces = new HashMap<>(pieces);
        required = IntStream.range(0, question.steps().size())
                .filter(i -> !question.steps().get(i).optional())
                .toArray();
    }

    /** Edge by edge and arm by arm. */
    List<Edge> of(List<Arm> arms) throws SQLException {
        Map<String, Long> medians = medians();
        Map<String, List<Edge.NextEvent>> next = question.detail().nextEvents() ? nextEvents() : Map.of();
        Reach reach = new Reach(question.steps());
        List<Edge> edges = new ArrayList<>();
        for (int rank = 0; rank < required.length; rank++) {
            for (int v = 0; v < arms.size(); v++) {
                List<Long> reached = reach.reach(arms.get(v), question.detail().edgeOrder());
                long entrants = rank == 0 ? arms.get(v).n() : reached.get(rank - 1);
                String key = rank + "/" + v;
                edges.add(new Edge(
                        required[rank],
                        arms.get(v).variant(),
                        entrants,
                        entrants - reached.get(rank),
                        medians.get(key),
                        next.getOrDefault(key, List.of())));
            }
        }
        return edges;
    }

    private Map<String, Long> medians() throws SQLException {
        StringBuilder columns = new StringBuilder();
        for (int rank = 0; rank < required.length; rank++) {
            String from = since(rank);
            String to = "first_" + required[rank];
            columns.append(", quantile_disc(" + to + " - " + from + ", 0.5) filter (" + to + " >= " + from
                    + ") as edge_" + rank);
        }
        pieces.put("columns", Sql.of(columns.toString()));
        Map<String, Long> medians = new HashMap<>();
        session.query(Sql.fill(MEDIANS, pieces), row -> {
            for (int rank = 0; rank < required.length; rank++) {
                long median = row.getLong("edge_" + rank);
                if (!row.wasNull()) {
                    medians.put(rank + "/" + row.getInt("variant_no"), median);
                }
            }
        });
        return medians;
    }

    /** When a unit first did the step that an edge begins with, in whatever order it did others. */
    private String since(int rank) {
        return rank == 0 ? "0" : "first_" + required[rank - 1];
    }

    /** Every unit that did not reach the goal left at one edge. */
    private Map<String, List<Edge.NextEvent>> nextEvents() throws SQLException {
        String reached = Path.column(question.detail().edgeOrder());
        StringBuilder since = new StringBuilder("case " + reached);
        for (int rank = 0; rank < required.length; rank++) {
            since.append(" when " + rank + " then " + since(rank));
        }
        pieces.put("reached", Sql.of(reached));
        pieces.put("since", Sql.of(since.append(" end").toString()));
        pieces.put("required", Sql.of(Integer.toString(required.length)));
        pieces.put("unit", UnitIds.unit(question.unitType(), true));
        pieces.put("links", UnitIds.links(question.unitType(), true));
        pieces.put("nothing", Sql.of(Sql.quoted(Edge.NextEvent.NOTHING)));
        pieces.put("most", Sql.of(Integer.toString(Edge.MOST_NEXT)));
        pieces.put(
                "until",
                Sql.of(Long.toString(
                        question.period().asOf() == null
                                ? Long.MAX_VALUE
                                : question.period().asOf().toEpochMilli())));
        Map<String, List<Edge.NextEvent>> next = new HashMap<>();
        session.query(
                Sql.fill(NEXT_EVENTS, pieces),
                row -> next.computeIfAbsent(
                                row.getInt("reached") + "/" + row.getInt("variant_no"), edge -> new ArrayList<>())
                        .add(new Edge.NextEvent(row.getString("event"), row.getLong("units"))));
        return next;
    }
}
