package opd.story;

import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import opd.decision.AuditEvent;
import opd.decision.ClaimFacts;
import opd.decision.Undo;
import opd.domain.Inputs;
import opd.domain.Rule;
import opd.domain.TokenLabel;
import opd.domain.TokenPriority;
import opd.record.FactsReader;
import opd.record.StoredEntry;
import org.jspecify.annotations.Nullable;

/// The words of explanations.
///
/// @param zone in which times are told
record Phrases(ZoneId zone) {
  private static final int MOST_CANDIDATES = 5;
  private static final DateTimeFormatter SECOND = pattern("d MMM uuuu 'at' HH:mm:ss zzz");
  private static final DateTimeFormatter MINUTE = pattern("d MMM uuuu HH:mm zzz");

  /// UTC under its name, whatever it is called.
  Phrases {
    if (zone.getRules().equals(ZoneOffset.UTC.getRules())) {
      zone = ZoneId.of("UTC");
    }
  }

  private static DateTimeFormatter pattern(String pattern) {
    return DateTimeFormatter.ofPattern(pattern, Locale.ENGLISH);
  }

  /// The beginning of a sentence: when, and who.
  String when(StoredEntry entry) {
    return "On " + second(entry.at()) + ", " + entry.actor();
  }

  String second(Instant time) {
    return SECOND.format(time.atZone(zone));
  }

  String minute(Instant time) {
    return MINUTE.format(time.atZone(zone));
  }

  static String places(int count) {
    return count == 1 ? "1 place" : count + " places";
  }

  static String label(@Nullable TokenLabel label) {
    return label == null ? "another token" : label.toString();
  }

  /// The candidates in the rule's order; of many only the first few, as the rest never comes into
  /// question.
  static String candidates(ClaimFacts claim) {
    List<ClaimFacts.Candidate> first = claim.candidates().stream().limit(MOST_CANDIDATES).toList();
    String names =
        first.stream()
            .map(token ->
                "number %d (%s%s)"
                    .formatted(
                        token.sequence(),
                        Inputs.typed(token.priority()),
                        token.called() ? ", called in" : ""))
            .collect(Collectors.joining(", then "));
    int more = claim.candidates().size() - first.size();
    return more == 0 ? names : names + " and %d more".formatted(more);
  }

  /// Among whom the last to come lost the place: who was called in loses it only after all others.
  static String ofTheLowest(ClaimFacts claim) {
    boolean isOneCalled = claim.candidates().stream().anyMatch(ClaimFacts.Candidate::called);
    return !isOneCalled
        ? "Of the lowest priority there"
        : claim.candidates().getFirst().called()
            ? "All were called in already. Of the lowest priority there"
            : "Of the lowest priority of those not called in yet";
  }

  /// Why a claim takes a place that is taken.
  static String why(Rule rule, ClaimFacts claim) {
    if (rule == Rule.EMERGENCY) {
      boolean isByEmergency =
          !claim.candidates().isEmpty()
              && claim.candidates().getFirst().priority() == TokenPriority.EMERGENCY;
      return isByEmergency
          ? "An emergency always gets a place, even where all others are emergencies too"
          : "An emergency always gets a place";
    }
    String lowest =
        claim.candidates().isEmpty()
            ? "the lowest one"
            : Inputs.typed(claim.candidates().getFirst().priority());
    return "A %s claim ranks above %s".formatted(Inputs.typed(claim.priority()), lowest);
  }

  static String decapitalised(String sentence) {
    return sentence.substring(0, 1).toLowerCase(Locale.ROOT) + sentence.substring(1);
  }

  static String why(AuditEvent.AllocationRejected rejected) {
    return switch (rejected.refusal()) {
      case SLOT_CLOSED -> "the slot is " + rejected.status();
      case DUPLICATE_TOKEN -> "the patient held " + label(rejected.existing()) + " already";
      case SLOT_FULL ->
          "none of them %s below %s, and a slot cannot exceed its capacity (rule 1)"
              .formatted(
                  rejected.claim().candidates().stream().anyMatch(ClaimFacts.Candidate::called)
                      ? "who was not called in yet ranks"
                      : "ranks",
                  Inputs.typed(rejected.claim().priority()));
      case ALREADY_REALLOCATED, TOKEN_NOT_DISPLACED, TOKEN_NOT_ACTIVE, NO_FREE_PLACE, HOLDS_TOKEN ->
          rejected.refusal().name();
      case NOTHING_TO_UNDO, CAPACITY_TAKEN, NOBODY_WAITING -> rejected.refusal().name();
    };
  }

  static String why(AuditEvent.ChangeRejected rejected) {
    return switch (rejected.refusal()) {
      case TOKEN_NOT_ACTIVE -> "it is " + rejected.token() + " and no longer ACTIVE";
      case TOKEN_NOT_DISPLACED ->
          "it is " + rejected.token() + ", and only a DISPLACED token is reallocated";
      case ALREADY_REALLOCATED -> "it was made good already by a token in another slot";
      case NO_FREE_PLACE -> "no later slot of the doctor on that day had a free place";
      case NOTHING_TO_UNDO -> "there was nothing that could be taken back";
      case SLOT_CLOSED -> "the slot is " + rejected.slot();
      case DUPLICATE_TOKEN -> "the patient held " + label(rejected.facts().existing()) + " by then";
      case SLOT_FULL ->
          "no place was free any more, and a slot cannot exceed its capacity (rule 1)";
      case CAPACITY_TAKEN, HOLDS_TOKEN, NOBODY_WAITING -> rejected.refusal().name();
    };
  }

  /// What somebody wanted to do with the token.
  static String change(AuditEvent.ChangeRejected rejected) {
    return switch (rejected.change()) {
      case "NO_SHOW" -> "mark it as no-show";
      case "ARRIVE" -> "note that the patient had arrived";
      case "CALL" -> "call the patient in";
      case "PARK" -> "note that the patient was away for a while";
      case "RETURN" -> "note that the patient was back";
      case Undo.COMMAND -> "take the last change back";
      default -> rejected.change().toLowerCase(Locale.ROOT) + " it";
    };
  }

  /// That the desk was told of another place of the patient's.
  static String holding(TokenLabel token) {
    return "The patient held %s at the same time, and the desk was told.".formatted(token);
  }

  /// What people gave as their reason, to stand at a sentence's end.
  static String reason(StoredEntry entry) {
    return FactsReader.read(entry.kind(), entry.rule(), entry.facts())
        .map(event ->
            switch (event) {
              case AuditEvent.SlotCancelled cancelled ->
                  ": "
                      + cancelled.reason()
                      + (cancelled.cover() == null ? "" : " (" + cancelled.cover() + " stands in)");
              case AuditEvent.SlotReopened reopened -> ": " + reopened.reason();
              case AuditEvent.ChangeUndone undone when undone.reason() != null ->
                  ": " + undone.reason();
              case AuditEvent.TokenParked parked when parked.reason() != null ->
                  ": " + parked.reason();
              case AuditEvent.TokenCancelled cancelled when cancelled.reason() != null ->
                  ": " + cancelled.reason();
              case AuditEvent _ -> "";
            })
        .orElse("");
  }
}
