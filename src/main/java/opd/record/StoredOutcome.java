package opd.record;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.function.Function;
import java.util.stream.Collectors;
import opd.decision.Outcome;
import opd.decision.PassedOver;
import opd.decision.TokenView;
import opd.decision.Warning;
import opd.domain.ClockSource;
import opd.domain.DoctorCode;
import opd.domain.OpdException;
import opd.domain.OutcomeKind;
import opd.domain.Refusal;
import opd.domain.Rule;
import opd.domain.Serving;
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
  private static final OutcomeJson WITHOUT_NAMES = OutcomeJson.stored();

  private StoredOutcome() {}

  /// The outcome as JSON text, without names.
  public static String write(Outcome outcome) {
    return JsonText.of(WITHOUT_NAMES.of(outcome));
  }

  /// @throws IllegalArgumentException when the text is not a stored outcome of this kind
  public static Outcome read(OutcomeKind kind, String text) {
    JsonNode node = parse(text);
    try {
      return outcome(kind, node);
    } catch (DateTimeException | NoSuchElementException | OpdException e) {
      throw new IllegalArgumentException("a stored outcome is not one of its kind", e);
    }
  }

  private static Outcome outcome(OutcomeKind kind, JsonNode node) {
    return switch (kind) {
      case ADMITTED -> admitted(node);
      case REJECTED -> rejected(node);
      case TOKEN_DONE ->
          new Outcome.TokenDone(
              token(node.required("token")),
              tokens(node, "waiting"),
              othersWaiting(node),
              label(node.path("holds")),
              warnings(node));
      case TOKEN_SERVED -> served(node);
      case NOBODY_WAITING ->
          new Outcome.NobodyWaiting(new DoctorCode(node.required("doctor").asText()));
      case CHANGE_REJECTED ->
          new Outcome.ChangeRejected(
              refusal(node), token(node.required("token")), tokenOrNull(node.path("existing")));
      case SLOT_DONE -> new Outcome.SlotDone(slot(node.required("slot")), tokens(node, "tokens"));
      case SLOT_DELAYED ->
          new Outcome.SlotDelayed(
              slot(node.required("slot")),
              node.required("delayMinutesBefore").asInt(),
              tokens(node, "tokens"),
              Instant.parse(node.required("at").asText()));
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
      case SLOT_CHANGED ->
          new Outcome.SlotChanged(
              slot(node.required("slot")),
              node.required("capacityBefore").asInt(),
              Instant.parse(node.required("endBefore").asText()),
              tokens(node, "tokens"),
              tokens(node, "waiting"),
              warnings(node));
      case SLOT_REOPENED ->
          new Outcome.SlotReopened(
              slot(node.required("slot")),
              SlotStatus.valueOf(node.required("statusBefore").asText()),
              tokens(node, "tokens"),
              tokens(node, "waiting"));
      case DOCTOR_LATE -> late(node);
      case DOCTOR_AWAY -> away(node);
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

  private static List<Warning> warnings(JsonNode node) {
    List<Warning> warnings = new ArrayList<>();
    node.path("warnings").forEach(warning -> warnings.add(Warning.valueOf(warning.asText())));
    return List.copyOf(warnings);
  }

  private static Outcome.Served served(JsonNode node) {
    List<Outcome.Passed> passed = new ArrayList<>();
    node.required("passed")
        .forEach(each ->
            passed.add(
                new Outcome.Passed(
                    token(each.required("token")),
                    PassedOver.valueOf(each.required("why").asText()))));
    return new Outcome.Served(
        tokenOrNull(node.required("token")),
        List.copyOf(passed),
        tokenOrNull(node.path("previous")),
        node.has("previous"));
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
        othersWaiting(node),
        label(node.path("holds")),
        tokenOrNull(node.path("from")),
        node.has("waiting") ? tokens(node, "waiting") : List.of());
  }

  private static List<TokenView> othersWaiting(JsonNode node) {
    return node.has("othersWaiting") ? tokens(node, "othersWaiting") : List.of();
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

  private static Outcome.DoctorLate late(JsonNode node) {
    var tokens = bySlot(tokens(node, "tokens"), view -> view.token().label().slot());
    List<Outcome.SlotDelayed> parts = new ArrayList<>();
    for (JsonNode part : node.required("slots")) {
      Slot slot = slot(part);
      parts.add(
          new Outcome.SlotDelayed(
              slot,
              part.required("delayMinutesBefore").asInt(),
              tokens.getOrDefault(slot.label(), List.of()),
              Instant.parse(part.required("at").asText())));
    }
    return new Outcome.DoctorLate(List.copyOf(parts));
  }

  private static Outcome.DoctorAway away(JsonNode node) {
    List<TokenView> newTokens = new ArrayList<>();
    node.required("moved").forEach(one -> newTokens.add(token(one.required("token"))));
    var moved = bySlot(newTokens, view -> madeGood(view).slot());
    var tokens = bySlot(tokens(node, "tokens"), view -> view.token().label().slot());
    List<Outcome.SlotMoved> parts = new ArrayList<>();
    for (JsonNode part : node.required("slots")) {
      Slot slot = slot(part);
      parts.add(
          new Outcome.SlotMoved(
              slot,
              tokens.getOrDefault(slot.label(), List.of()),
              moved.getOrDefault(slot.label(), List.of())));
    }
    return new Outcome.DoctorAway(List.copyOf(parts));
  }

  private static TokenLabel madeGood(TokenView view) {
    TokenLabel from = view.token().reallocatedFrom();
    if (from == null) {
      throw new IllegalArgumentException("a token was moved from nowhere");
    }
    return from;
  }

  private static Map<SlotLabel, List<TokenView>> bySlot(
      List<TokenView> views, Function<TokenView, SlotLabel> slot) {
    return views.stream().collect(Collectors.groupingBy(slot));
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
    Token token =
        new Token(
            node.required("id").asLong(),
            TokenLabel.parse(node.required("label").asText()).orElseThrow(),
            node.required("patient").required("id").asLong(),
            TokenPriority.valueOf(node.required("priority").asText()),
            TokenSource.valueOf(node.required("source").asText()),
            TokenStatus.valueOf(node.required("status").asText()),
            label(node.required("reallocatedFrom")),
            label(node.path("reallocatedTo")),
            Instant.parse(node.required("createdAt").asText()),
            serving(node));
    return new TokenView(
        token,
        position.isNull() ? null : position.asInt(),
        expectedAt.isNull() ? null : Instant.parse(expectedAt.asText()));
  }

  /// Without the number of the call, which nobody is told.
  private static Serving serving(JsonNode node) {
    Serving serving =
        new Serving(
            time(node.path("arrivedAt")),
            time(node.path("calledAt")),
            node.path("calls").asInt(),
            node.path("room").isTextual() ? node.path("room").asText() : null,
            time(node.path("parkedAt")),
            0);
    return serving.isNone() ? Serving.NONE : serving;
  }

  private static @Nullable Instant time(JsonNode node) {
    return node.isTextual() ? Instant.parse(node.asText()) : null;
  }

  private static @Nullable TokenLabel label(JsonNode node) {
    return node.isTextual() ? TokenLabel.parse(node.asText()).orElseThrow() : null;
  }

  private static Slot slot(JsonNode node) {
    JsonNode counts = node.required("counts");
    return new Slot(
        node.required("id").asLong(),
        SlotLabel.parse(node.required("label").asText()).orElseThrow(),
        Instant.parse(node.required("start").asText()),
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
