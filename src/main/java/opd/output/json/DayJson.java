package opd.output.json;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import opd.simulation.day.Check;
import opd.simulation.day.DayRecord;
import opd.simulation.day.DayResult;
import opd.simulation.day.DoctorDay;
import opd.simulation.day.Figures;
import opd.simulation.day.Step;
import opd.simulation.day.Totals;
import opd.simulation.day.Waits;

/// A simulated day as a JSON object.
final class DayJson {
  private DayJson() {}

  static ObjectNode of(DayResult day) {
    ObjectNode node = JsonNodeFactory.instance.objectNode();
    node.put("seed", day.seed()).put("date", day.date().toString());
    ArrayNode steps = node.putArray("steps");
    day.steps().forEach(step -> steps.add(step(step)));
    totals(node, day);
    if (day.generated() != null) {
      node.set("generated", generated(day.generated()));
    }
    return end(node, day);
  }

  /// A day among many: without its steps.
  ///
  /// @param repeat the command that plays a failed one again
  static ObjectNode line(DayResult day, String repeat) {
    ObjectNode node = JsonNodeFactory.instance.objectNode();
    node.put("seed", day.seed()).put("date", day.date().toString());
    totals(node, day);
    if (!day.ok()) {
      ArrayNode failures = node.putArray("failures");
      day.failures()
          .forEach(check ->
              failures.addObject().put("name", check.name()).put("detail", check.detail()));
      node.put("repeat", repeat);
    }
    return end(node, day);
  }

  private static ObjectNode end(ObjectNode node, DayResult day) {
    node.putObject("checks").put("passed", day.passedChecks()).put("failed", day.failedChecks());
    return node.put("digest", day.digest()).put("ok", day.ok());
  }

  private static void totals(ObjectNode node, DayResult day) {
    Totals totals = day.totals();
    node.put("requests", totals.requests());
    node.put("admitted", totals.admitted());
    node.put("displaced", totals.displaced());
    node.put("rejected", totals.rejected());
    node.put("cancelled", totals.cancelled());
    node.put("noShow", totals.noShow());
    node.put("completed", totals.completed());
    node.put("reallocated", totals.reallocated());
  }

  private static ObjectNode generated(DayRecord day) {
    ObjectNode node = figures(day.total());
    ArrayNode priorities = node.putArray("priorities");
    day.byPriority()
        .forEach((priority, figures) -> {
          ObjectNode fields = priorities.addObject().put("priority", priority.name());
          fields.setAll(figures(figures));
        });
    ArrayNode doctors = node.putArray("doctors");
    for (DoctorDay doctor : day.doctors()) {
      ObjectNode fields = doctors.addObject().put("doctor", doctor.code().value());
      fields.put("name", doctor.name()).put("specialization", doctor.specialization());
      fields.setAll(figures(doctor.figures()));
    }
    return node;
  }

  private static ObjectNode figures(Figures figures) {
    ObjectNode node = JsonNodeFactory.instance.objectNode();
    node.put("requests", figures.requests()).put("admitted", figures.admitted());
    node.put("refused", figures.refused()).put("displaced", figures.displaced());
    node.put("displacedTwice", figures.displacedTwice());
    node.put("reallocated", figures.reallocated()).put("cancelled", figures.cancelled());
    node.put("noShow", figures.noShow()).put("completed", figures.completed());
    if (figures.places() > 0) {
      node.put("places", figures.places()).put("utilisation", figures.utilisationPercent());
      node.put("idleSeconds", figures.idleSeconds())
          .put("overtimeSeconds", figures.overtimeSeconds());
    }
    Waits waits = figures.waits();
    node.putObject("waitSeconds")
        .put("count", waits.count())
        .put("median", waits.medianSeconds())
        .put("p90", waits.ninetiethSeconds())
        .put("longest", waits.longestSeconds());
    node.put("within30Percent", waits.withinHalfAnHourPercent());
    return node;
  }

  private static ObjectNode step(Step step) {
    ObjectNode node = JsonNodeFactory.instance.objectNode();
    node.put("step", step.step()).put("name", step.name());
    ArrayNode checks = node.putArray("checks");
    for (Check check : step.checks()) {
      ObjectNode fields = checks.addObject().put("name", check.name()).put("ok", check.ok());
      if (!check.detail().isEmpty()) {
        fields.put("detail", check.detail());
      }
    }
    return node;
  }
}
