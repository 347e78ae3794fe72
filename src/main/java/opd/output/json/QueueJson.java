package opd.output.json;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import opd.record.OutcomeJson;
import opd.service.OwedService;
import opd.service.OwedService.OwedPlaces;
import opd.service.QueueService.SlotQueue;
import opd.story.LossReason;

/// Queues, and who is owed a place, as JSON.
final class QueueJson {
  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

  private QueueJson() {}

  static ObjectNode of(SlotQueue queue) {
    OutcomeJson json = AnswerJson.json(queue.people());
    ObjectNode node = JSON.objectNode();
    node.set("slot", json.slot(queue.slot()));
    ArrayNode tokens = node.putArray("tokens");
    queue.tokens().forEach(view -> tokens.add(json.token(view)));
    return node;
  }

  /// One for each token that is owed a place.
  static List<ObjectNode> of(OwedPlaces owed) {
    OutcomeJson json = AnswerJson.json(owed.people());
    return owed.owed().stream().map(each -> of(json, each)).toList();
  }

  private static ObjectNode of(OutcomeJson json, OwedService.Owed owed) {
    ObjectNode node = JSON.objectNode();
    node.set("token", json.token(owed.token()));
    node.put("since", owed.since().toString());
    node.put(
        "why",
        owed.event()
            .map(loss -> LossReason.of(loss.displacement(), loss.cancellation()))
            .orElse(null));
    return node.set("place", owed.place().<JsonNode>map(json::slot).orElse(JSON.nullNode()));
  }
}
