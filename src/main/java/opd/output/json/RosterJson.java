package opd.output.json;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.PrintWriter;
import java.util.List;
import opd.domain.SlotLabel;
import opd.intake.RosterResult;
import opd.intake.RosterTally;
import opd.output.RosterPrinter;
import opd.record.JsonText;

/// One compact JSON document for each line of a roster.
public final class RosterJson implements RosterPrinter {
  private final PrintWriter out;
  private final boolean isDryRun;

  public RosterJson(PrintWriter out, boolean isDryRun) {
    this.out = out;
    this.isDryRun = isDryRun;
  }

  @Override
  public void results(List<RosterResult> results) {
    for (RosterResult result : results) {
      out.println(JsonText.of(of(result, isDryRun)));
    }
    out.flush();
  }

  static ObjectNode of(RosterResult result, boolean isDryRun) {
    return isDryRun ? of(result).put("dryRun", true) : of(result);
  }

  private static ObjectNode of(RosterResult result) {
    ObjectNode node = JsonNodeFactory.instance.objectNode().put("line", result.line());
    return switch (result) {
      case RosterResult.Opened(long _, var slots, int opened, var requestId) ->
          slots(node.put("outcome", "OPENED"), slots)
              .put("opened", opened)
              .put("requestId", requestId.value());
      case RosterResult.Exists(long _, var slots) -> slots(node.put("outcome", "EXISTS"), slots);
      case RosterResult.Invalid(long _, var field, var error) ->
          slots(node.put("outcome", "INVALID"), List.of())
              .put("code", error.code().name())
              .put("field", field)
              .put("reason", error.getMessage())
              .put("hint", error.hint());
    };
  }

  private static ObjectNode slots(ObjectNode node, List<SlotLabel> slots) {
    ArrayNode array = node.putArray("slots");
    slots.forEach(slot -> array.add(slot.toString()));
    return node;
  }

  @Override
  public void end(RosterTally tally) {
    out.flush();
  }
}
