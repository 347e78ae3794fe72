package opd.output.json;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.util.RawValue;
import opd.record.StoredEntry;
import opd.service.AuditService.Explanation;
import opd.service.VerificationService.Verified;
import opd.story.Sentence;
import opd.verify.Difference;
import opd.verify.Seal;

/// The audit log and what is found out from it as JSON, with the field names of the contract.
final class AuditJson {
  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

  private AuditJson() {}

  static ObjectNode of(StoredEntry entry) {
    ObjectNode node = JSON.objectNode().put("id", entry.id());
    node.put("at", entry.at().toString());
    node.put("kind", entry.kind().name());
    node.put("actor", entry.actor());
    node.put("requestId", entry.requestId());
    node.put("slot", entry.slot() == null ? null : entry.slot().toString());
    node.put("token", entry.token() == null ? null : entry.token().toString());
    node.put("patient", entry.patientId());
    node.put("rule", entry.rule());
    node.putRawValue("facts", new RawValue(entry.facts()));
    node.put("chain", entry.chain());
    node.put("number", entry.number());
    node.put("previous", entry.previous());
    node.put("hash", entry.hash());
    node.put("login", entry.login());
    return node.put("requestDigest", entry.requestDigest());
  }

  static ObjectNode of(Explanation explanation) {
    ObjectNode node = JSON.objectNode().put("token", explanation.token().label().toString());
    node.put("status", explanation.token().status().name());
    ArrayNode sentences = node.putArray("sentences");
    for (Sentence sentence : explanation.sentences()) {
      ArrayNode entries = sentences.addObject().put("text", sentence.text()).putArray("entries");
      sentence.entries().forEach(entry -> entries.add(of(entry)));
    }
    return node;
  }

  static ObjectNode of(Verified verified) {
    ObjectNode node = JSON.objectNode().put("ok", verified.isWhole());
    node.put("entries", verified.counts().entries());
    node.put("chains", verified.counts().chains());
    node.put("decisions", verified.counts().decisions());
    ArrayNode differences = node.putArray("differences");
    verified.differences().forEach(difference -> differences.add(of(difference)));
    node.put("moreDifferences", verified.more());
    node.put("seal", verified.seal());
    Seal sealed = verified.sealed();
    if (sealed == null) {
      return node.putNull("sealed");
    }
    node.putObject("sealed")
        .put("time", sealed.time().toString())
        .put("count", sealed.count())
        .put("digest", sealed.digest());
    return node;
  }

  private static ObjectNode of(Difference difference) {
    return JSON.objectNode()
        .put("entry", difference.entry())
        .put("chain", difference.chain())
        .put("number", difference.number())
        .put("row", difference.row())
        .put("field", difference.field())
        .put("expected", difference.expected())
        .put("found", difference.found());
  }
}
