package opd.report;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigDecimal;
import java.util.OptionalLong;

/// A report as the JSON document that `report --check` reads again.
public final class ReportJson {
  private ReportJson() {}

  /// The document.
  ///
  /// @param facility its name
  public static ObjectNode of(Report report, String facility) {
    ObjectNode node = JsonNodeFactory.instance.objectNode();
    Report.Asked asked = report.asked();
    node.put("facility", facility);
    node.put("from", asked.days().first().toString()).put("to", asked.days().last().toString());
    node.put("zone", report.zone().getId());
    node.put("by", asked.by().map(Grouping::word).orElse(null));
    node.put("published", asked.isPublished());
    node.set("checkpoint", of(report.checkpoint()));
    node.put("later", report.later());
    ArrayNode figures = node.putArray("figures");
    report.rows().forEach(row -> figures.add(row(report, row)));
    return node;
  }

  /// What came of a check.
  public static ObjectNode of(ReportCheck check) {
    ObjectNode node = JsonNodeFactory.instance.objectNode().put("ok", check.isSame());
    node.set("checkpoint", of(check.checkpoint()));
    node.put("renumbered", check.isRenumbered());
    ArrayNode differences = node.putArray("differences");
    for (ReportCheck.Difference difference : check.differences()) {
      differences
          .addObject()
          .put("where", difference.where())
          .put("reported", difference.reported())
          .put("found", difference.found());
    }
    return node.put("moreDifferences", check.more());
  }

  private static ObjectNode of(Checkpoint checkpoint) {
    return JsonNodeFactory.instance
        .objectNode()
        .put("transaction", checkpoint.transaction())
        .put("entries", checkpoint.entries())
        .put("digest", checkpoint.digest())
        .put("facility", checkpoint.facility())
        .put("facilityTransaction", checkpoint.facilityTransaction());
  }

  /// The figures of one group, each under its name; a dot leads into an object.
  public static ObjectNode row(Report report, Report.Row row) {
    ObjectNode node = JsonNodeFactory.instance.objectNode();
    ObjectNode group = node.putObject("group");
    if (row.group() != null) {
      group.put(report.asked().by().orElseThrow().word(), row.group());
    }
    for (Figure figure : FigureTable.ALL) {
      int dot = figure.name().indexOf('.');
      put(node, figure.name(), dot, figure, row.value(figure));
    }
    if (report.asked().isPublished()) {
      ArrayNode hidden = node.putArray("leftOut");
      FigureTable.ALL.stream()
          .filter(row.hidden()::contains)
          .forEach(figure -> hidden.add(figure.name()));
    }
    return node;
  }

  private static void put(
      ObjectNode node, String name, int dot, Figure figure, OptionalLong value) {
    if (dot >= 0) {
      String inner = name.substring(dot + 1);
      put(
          node.withObjectProperty(name.substring(0, dot)),
          inner,
          inner.indexOf('.'),
          figure,
          value);
    } else if (value.isEmpty()) {
      node.putNull(name);
    } else {
      switch (figure.unit()) {
        case PERCENT -> node.put(name, BigDecimal.valueOf(value.getAsLong(), 1));
        case COUNT, MINUTES, SECONDS, HOUR -> node.put(name, value.getAsLong());
      }
    }
  }
}
