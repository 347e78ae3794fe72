package opd.simulation.day;

import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.stream.Collectors;
import opd.decision.Outcome;
import opd.decision.Response;
import opd.decision.TokenView;
import opd.decision.Warning;
import opd.domain.Rule;
import opd.domain.Serving;
import opd.domain.Slot;
import opd.domain.SlotStatus;
import opd.domain.TokenLabel;
import org.jspecify.annotations.Nullable;

/// An answer in one line, with everything that a script should pin down.
public final class OutcomeText {
  private final ZoneId zone;

  private OutcomeText(ZoneId zone) {
    this.zone = zone;
  }

  /// @param zone of the clock by which times are told
  public static String of(Response<?> answer, ZoneId zone) {
    return (answer.replayed() ? "REPLAYED " : "") + new OutcomeText(zone).of(answer.outcome());
  }

  private String of(Outcome outcome) {
    return switch (outcome) {
      case Outcome.Admitted admitted -> of(admitted);
      case Outcome.Rejected rejected -> of(rejected);
      case Outcome.TokenDone(var token, var waiting, var others, var holds, var warnings) ->
          "DONE "
              + status(token)
              + ", "
              + waiting(waiting)
              + warnings(warnings)
              + (others.isEmpty() ? "" : " " + labels(others))
              + beside(holds);
      case Outcome.Served served -> of(served);
      case Outcome.NobodyWaiting(var doctor) -> "REJECTED NOBODY_WAITING, " + doctor;
      case Outcome.ChangeRejected(var refusal, var token, var _) ->
          "REJECTED " + refusal + ", " + status(token);
      case Outcome.SlotDone(var slot, var tokens) -> "DONE " + status(slot) + ": " + list(tokens);
      case Outcome.SlotDelayed(var slot, int _, var tokens, var _) ->
          "DONE " + status(slot) + ": " + list(tokens);
      case Outcome.SlotMoved moved ->
          "DONE "
              + status(moved.slot())
              + ": "
              + list(moved.tokens())
              + ", moved "
              + list(moved.moved());
      case Outcome.SlotChanged changed ->
          "DONE "
              + status(changed.slot())
              + " with "
              + changed.slot().capacity()
              + " places: "
              + list(changed.tokens())
              + ", "
              + waiting(changed.waiting())
              + (changed.warnings().isEmpty() ? "" : ", warnings " + changed.warnings());
      case Outcome.SlotReopened reopened ->
          "DONE "
              + status(reopened.slot())
              + ": "
              + list(reopened.tokens())
              + ", "
              + waiting(reopened.waiting());
      case Outcome.DoctorLate late ->
          late.slots().stream()
              .map(part -> status(part.slot()) + ": " + list(part.tokens()))
              .collect(Collectors.joining("; ", "DONE ", ""));
      case Outcome.DoctorAway away ->
          away.slots().stream()
              .map(part ->
                  status(part.slot())
                      + ": "
                      + list(part.tokens())
                      + ", moved "
                      + list(part.moved()))
              .collect(Collectors.joining("; ", "DONE ", ""));
      case Outcome.SlotRejected(var refusal, var slot) ->
          "REJECTED " + refusal + ", " + status(slot);
      case Outcome.SlotsOpened(var slots) ->
          slots.stream()
              .map(slot -> slot.label().toString())
              .collect(Collectors.joining(" ", "OPENED ", ""));
      case Outcome.DoctorSaved(var code, boolean active) ->
          "SAVED " + code + (active ? "" : ", who takes no new slots");
      case Outcome.PatientSaved _, Outcome.FacilitySaved _ -> "SAVED";
      case Outcome.PatientRejected rejected ->
          "REJECTED " + rejected.refusal() + ", " + rejected.holds();
    };
  }

  private String of(Outcome.Admitted admitted) {
    TokenView token = admitted.token();
    StringBuilder text = new StringBuilder("ADMITTED ").append(token.token().label());
    text.append(rule(admitted.rule()));
    text.append(", place ").append(token.position()).append(" at ").append(time(token));
    text.append(label(", displacing ", admitted.displaced()));
    text.append(label(", from ", admitted.from()));
    for (Warning warning : admitted.warnings()) {
      switch (warning) {
        case OTHERS_WAIT ->
            text.append(", warning ")
                .append(warning)
                .append(" ")
                .append(labels(admitted.othersWaiting()));
        case HOLDS_ANOTHER -> {}
        case EMERGENCY_DISPLACED_EMERGENCY,
            SLOT_ENDED,
            NO_REASON,
            UNUSUAL_NUMBER,
            BEING_SEEN,
            NEVER_CALLED ->
            text.append(", warning ").append(warning);
      }
    }
    if (admitted.isMoved()) {
      text.append(", ").append(waiting(admitted.waiting()));
    }
    return text + beside(admitted.holds());
  }

  private static String warnings(List<Warning> warnings) {
    List<Warning> others =
        warnings.stream().filter(warning -> warning != Warning.HOLDS_ANOTHER).toList();
    return others.isEmpty() ? "" : ", warnings " + others;
  }

  /// Said last: what another desk does at the same moment may be seen or not.
  private static String beside(@Nullable TokenLabel holds) {
    return holds == null ? "" : ", beside " + holds;
  }

  /// With what the patient's token says, and everybody who was passed over.
  private String of(Outcome.Served served) {
    StringBuilder text = new StringBuilder("DONE ");
    if (served.previous() != null) {
      text.append(status(served.previous())).append(serving(served.previous())).append(", ");
    }
    if (served.token() == null) {
      return text.append("nobody called").toString();
    }
    TokenView token = served.token();
    text.append(token.token().label()).append(serving(token));
    text.append(", place ").append(token.position()).append(" at ").append(time(token));
    if (!served.passed().isEmpty()) {
      text.append(", passing over");
      served
          .passed()
          .forEach(passed ->
              text.append(" ")
                  .append(passed.token().token().label())
                  .append(" ")
                  .append(passed.why()));
    }
    return text.toString();
  }

  private String serving(TokenView view) {
    Serving serving = view.token().serving();
    return since(" here", serving.arrivedAt())
        + since(" called", serving.calledAt())
        + (serving.room() == null ? "" : " to " + serving.room())
        + (serving.calls() == 0 ? "" : ", calls " + serving.calls())
        + since(" away", serving.parkedAt());
  }

  private String since(String what, @Nullable Instant time) {
    return time == null ? "" : what + " since " + time.atZone(zone).toLocalTime();
  }

  private String of(Outcome.Rejected rejected) {
    Slot next = rejected.next();
    return "REJECTED "
        + rejected.refusal()
        + rule(rejected.rule())
        + label(", holding ", rejected.existing())
        + label(", from ", rejected.from())
        + (next == null ? "" : ", next " + next.label());
  }

  private static String rule(@Nullable Rule rule) {
    return rule == null ? "" : " by rule " + rule.number();
  }

  private static String label(String before, @Nullable TokenView view) {
    return view == null ? "" : before + view.token().label();
  }

  private static String status(TokenView view) {
    return view.token().label() + " is " + view.token().status();
  }

  public static String status(Slot slot) {
    String delay =
        slot.status() == SlotStatus.DELAYED ? " by " + slot.delayMinutes() + " minutes" : "";
    return slot.label() + " is " + slot.status() + delay;
  }

  private String waiting(List<TokenView> waiting) {
    return waiting.isEmpty() ? "nobody waiting" : "waiting " + labels(waiting);
  }

  private static String labels(List<TokenView> views) {
    return views.stream()
        .map(view -> view.token().label().toString())
        .collect(Collectors.joining(" "));
  }

  private String list(List<TokenView> views) {
    return views.stream()
        .map(view ->
            view.token().label()
                + " "
                + view.token().status()
                + (view.expectedAt() == null ? "" : " at " + time(view)))
        .collect(Collectors.joining(", "));
  }

  private String time(TokenView view) {
    return time(view, zone);
  }

  /// The time of day at which the patient can expect to be seen.
  public static String time(TokenView view, ZoneId zone) {
    Instant expected = view.expectedAt();
    return expected == null ? "no time" : expected.atZone(zone).toLocalTime().toString();
  }
}
