package opd.record;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import opd.decision.Outcome;
import opd.decision.TokenView;
import opd.decision.Warning;
import opd.domain.ClockSource;
import opd.domain.DoctorCode;
import opd.domain.OutcomeKind;
import opd.domain.Refusal;
import opd.domain.Rule;
import opd.domain.Slot;
import opd.domain.SlotLabel;
import opd.domain.SlotStatus;
import opd.domain.StatusCounts;
import opd.domain.Token;
import opd.domain.TokenLabel;
import opd.domain.TokenPriority;
import opd.domain.TokenSource;
import opd.domain.TokenStatus;
import org.jspecify.annotations.Nullable;

/// The form in which an outcome is stored with its request: the printed JSON without what is added
/// when printing. Which outcome it is stands beside it, as its [OutcomeKind].
public final class StoredOutcome {
  private static final OutcomeJson WITHOUT_NAMES = new OutcomeJson((patient, patientId) -> {});

  private StoredOutcome() {}

  /// The outcome as JSON text, without names.
  public static String write(Outcome outcome) {
    return JsonText.of(WITHOUT_NAMES.of(outcome));
  }

  /// @throws IllegalArgumentException when the text is not a stored outcome of this kind
  public static Outcome read(OutcomeKind kind, String text) {
    JsonNode node = parse(text);
    return switch (kind) {
      case ADMITTED -> admitted(node);
      case REJECTED -> rejected(node);
      case TOKEN_DONE ->
          new Outcome.TokenDone(token(node.required("token")), tokens(node, "waiting"));
      case CHANGE_REJECTED ->
          new Outcome.ChangeRejected(refusal(node), token(node.required("token")));
      case SLOT_DONE -> new Outcome.SlotDone(slot(node.required("slot")), tokens(node, "tokens"));
      case SLOT_DELAYED ->
          new Outcome.SlotDelayed(
              slot(node.required("slot")),
              node.required("delayMinutesBefore").asInt(),
              tokens(node, "tokens"));
      case SLOT_MOVED ->
          new Outcome.SlotMoved(
              slot(node.required("slot")), tokens(node, "tokens"), tokens(node, "moved"));
      case SLOT_REJECTED -> new Outcome.SlotRejected(refusal(node), slot(node.required("slot")));
      case SLOTS_OPENED -> {
        List<Slot> slots = new ArrayList<>();
        node.required("slots").forEach(slot -> slots.add(slot(slot)));
        yield new Outcome.SlotsOpened(List.copyOf(slots));
      }
      case DOCTOR_SAVED ->
          new Outcome.DoctorSaved(
              new DoctorCode(node.required("doctor").asText()),
              node.required("active").asBoolean());
      case PATIENT_SAVED ->
          new Outcome.PatientSaved(node.required("patient").required("id").asLong());
      case PATIENT_REJECTED ->
          new Outcome.PatientRejected(
              refusal(node),
              node.required("patient").required("id").asLong(),
              TokenLabel.parse(node.required("holds").asText()).orElseThrow(),
              TokenStatus.valueOf(node.required("status").asText()));
      case FACILITY_SAVED -> facility(node);
    };
  }

  /// Made when the first is read: to write one takes no mapper.
  private static final class Reader {
    static final ObjectMapper MAPPER = new ObjectMapper();
  }

  private static JsonNode parse(String text) {
    try {
      return Reader.MAPPER.readTree(text);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException("a stored outcome is not JSON", e);
    }
  }

  private static Outcome.Admitted admitted(JsonNode node) {
    List<Warning> warnings = new ArrayList<>();
    node.required("warnings").forEach(warning -> warnings.add(Warning.valueOf(warning.asText())));
    JsonNode facts = node.required("facts");
    return new Outcome.Admitted(
        token(node.required("token")),
        tokenOrNull(node.required("displaced")),
        Rule.of(node.required("rule").asInt()),
        facts.required("capacity").asInt(),
        facts.required("active").asInt(),
        List.copyOf(warnings),
        tokenOrNull(node.path("from")));
  }

  private static Outcome.Rejected rejected(JsonNode node) {
    JsonNode rule = node.required("rule");
    JsonNode next = node.required("next");
    return new Outcome.Rejected(
        refusal(node),
        rule.isNull() ? null : Rule.of(rule.asInt()),
        TokenPriority.valueOf(node.required("priority").asText()),
        slot(node.required("slot")),
        tokenOrNull(node.required("existing")),
        next.isNull() ? null : slot(next),
        tokenOrNull(node.path("from")));
  }

  private static Outcome.FacilitySaved facility(JsonNode node) {
    return new Outcome.FacilitySaved(
        node.required("region").asText(),
        node.required("zone").asText(),
        ClockSource.valueOf(node.required("clock").asText()));
  }

  private static Refusal refusal(JsonNode node) {
    return Refusal.valueOf(node.required("code").asText());
  }

  private static List<TokenView> tokens(JsonNode node, String field) {
    List<TokenView> views = new ArrayList<>();
    node.required(field).forEach(token -> views.add(token(token)));
    return List.copyOf(views);
  }

  private static @Nullable TokenView tokenOrNull(JsonNode node) {
    return node.isObject() ? token(node) : null;
  }

  private static TokenView token(JsonNode node) {
    JsonNode position = node.required("position");
    JsonNode expectedAt = node.required("expectedAt");
    JsonNode reallocatedFrom = node.required("reallocatedFrom");
    Token token =
        new Token(
            node.required("id").asLong(),
            TokenLabel.parse(node.required("label").asText()).orElseThrow(),
            node.required("patient").required("id").asLong(),
            TokenPriority.valueOf(node.required("priority").asText()),
            TokenSource.valueOf(node.required("source").asText()),
            TokenStatus.valueOf(node.required("status").asText()),
            reallocatedFrom.isNull()
                ? null
                : TokenLabel.parse(reallocatedFrom.asText()).orElseThrow(),
            Instant.parse(node.required("createdAt").asText()));
    return new TokenView(
        token,
        position.isNull() ? null : position.asInt(),
        expectedAt.isNull() ? null : Instant.parse(expectedAt.asText()));
  }

  private static Slot slot(JsonNode node) {
    JsonNode counts = node.required("counts");
    return new Slot(
        node.required("id").asLong(),
        SlotLabel.parse(node.required("label").asText()).orElseThrow(),
        Instant.parse(node.required("end").asText()),
        node.required("capacity").asInt(),
        SlotStatus.valueOf(node.required("status").asText()),
        node.required("delayMinutes").asInt(),
        new StatusCounts(
            counts.required(TokenStatus.ACTIVE.name()).asInt(),
            counts.required(TokenStatus.DISPLACED.name()).asInt(),
            counts.required(TokenStatus.CANCELLED.name()).asInt(),
            counts.required(TokenStatus.NO_SHOW.name()).asInt(),
            counts.required(TokenStatus.COMPLETED.name()).asInt()));
  }
}
