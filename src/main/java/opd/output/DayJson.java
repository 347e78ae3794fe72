package opd.output;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import opd.simulation.Check;
import opd.simulation.DayResult;
import opd.simulation.Step;
import opd.simulation.Totals;

/// A simulated day as a JSON object.
final class DayJson {
  private DayJson() {}

  static ObjectNode of(DayResult day) {
    ObjectNode node = JsonNodeFactory.instance.objectNode();
    node.put("seed", day.seed()).put("date", day.date().toString());
    ArrayNode steps = node.putArray("steps");
    day.steps().forEach(step -> steps.add(step(step)));
    Totals totals = day.totals();
    node.put("requests", totals.requests());
    node.put("admitted", totals.admitted());
    node.put("displaced", totals.displaced());
    node.put("rejected", totals.rejected());
    node.put("cancelled", totals.cancelled());
    node.put("noShow", totals.noShow());
    node.put("completed", totals.completed());
    node.put("reallocated", totals.reallocated());
    node.putObject("checks").put("passed", day.passedChecks()).put("failed", day.failedChecks());
    return node.put("digest", day.digest()).put("ok", day.ok());
  }

  private static ObjectNode step(Step step) {
    ObjectNode node = JsonNodeFactory.instance.objectNode();
    node.put("step", step.step()).put("name", step.name());
    ArrayNode checks = node.putArray("checks");
    for (Check check : step.checks()) {
      ObjectNode fields = checks.addObject().put("name", check.name()).put("ok", check.ok());
      if (!check.ok()) {
        fields.put("detail", check.detail());
      }
    }
    return node;
  }
}
