package dev.microlift.server.report.units;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.microlift.server.analysis.Analysis;
import dev.microlift.server.analysis.UnitRow;
import dev.microlift.server.document.JsonFormat;
import dev.microlift.server.experiment.Experiment;
import dev.microlift.server.experiment.Experiments;
import dev.microlift.server.journey.Journey;
import dev.microlift.server.journey.Step;
import dev.microlift.server.report.Questions;
import dev.microlift.server.report.ReportOptions;
import dev.microlift.server.report.Reports;
import dev.microlift.server.report.table.Spool;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.time.Clock;
import java.util.List;

/** Writes every unit of an experiment on a line of its own. */
@ApplicationScoped
class UnitLines {

    private final Experiments experiments;
    private final Reports reports;
    private final Analysis analysis;
    private final ObjectMapper json;
    private final Clock clock;

    UnitLines(Experiments experiments, Reports reports, Analysis analysis, ObjectMapper json, Clock clock) {
        this.experiments = experiments;
        this.reports = reports;
        this.analysis = analysis;
        this.json = json;
        this.clock = clock;
    }

    InputStream of(String key, ReportOptions options) {
        Experiment experiment = experiments.get(key);
        Journey journey = reports.journey(experiment, options.journey()).journey();
        List<String> segments = experiment.definition().plan().segments();
        return Spool.of(text -> analysis.export(
                Questions.everything(experiment, journey, options, segments, clock.instant()),
                unit -> write(text, line(journey.steps(), unit))));
    }

    private static void write(Writer text, ObjectNode line) {
        try {
            text.write(line.toString());
            text.write('\n');
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    private ObjectNode line(List<Step> steps, UnitRow unit) {
        ObjectNode line = json.createObjectNode();
        line.put("unit", unit.unit());
        line.put("variant", unit.variant());
        line.put("fate", unit.fate());
        line.put("t0", JsonFormat.write(unit.t0()));
        line.put("closes", unit.closes() == null ? null : JsonFormat.write(unit.closes()));
        line.put("furthest", unit.furthest());
        line.put("strict", unit.strict());
        ObjectNode first = line.putObject("first");
        ObjectNode values = line.putObject("values");
        for (int i = 0; i < steps.size(); i++) {
            UnitRow.Done done = unit.steps().get(i);
            first.put(steps.get(i).key(), done.first() == null ? null : JsonFormat.write(done.first()));
            if (steps.get(i).valueProperty().isPresent()) {
                values.put(steps.get(i).key(), done.value());
            }
        }
        return line;
    }
}
