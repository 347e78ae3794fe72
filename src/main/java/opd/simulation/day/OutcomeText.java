package opd.simulation.day;

import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.stream.Collectors;
import opd.decision.Outcome;
import opd.decision.Response;
import opd.decision.TokenView;
import opd.domain.Rule;
import opd.domain.Slot;
import opd.domain.SlotStatus;
import org.jspecify.annotations.Nullable;

/// An answer in one line, with everything that a script should pin down.
public final class OutcomeText {
  private OutcomeText() {}

  public static String of(Response<?> answer) {
    return (answer.replayed() ? "REPLAYED " : "") + of(answer.outcome());
  }

  private static String of(Outcome outcome) {
    return switch (outcome) {
      case Outcome.Admitted admitted -> of(admitted);
      case Outcome.Rejected rejected -> of(rejected);
      case Outcome.TokenDone(var token, var waiting) ->
          "DONE " + status(token) + ", " + waiting(waiting);
      case Outcome.ChangeRejected(var refusal, var token) ->
          "REJECTED " + refusal + ", " + status(token);
      case Outcome.SlotDone(var slot, var tokens) -> "DONE " + status(slot) + ": " + list(tokens);
      case Outcome.SlotDelayed(var slot, int _, var tokens) ->
          "DONE " + status(slot) + ": " + list(tokens);
      case Outcome.SlotMoved moved ->
          "DONE "
              + status(moved.slot())
              + ": "
              + list(moved.tokens())
              + ", moved "
              + list(moved.moved());
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

  private static String of(Outcome.Admitted admitted) {
    TokenView token = admitted.token();
    StringBuilder text = new StringBuilder("ADMITTED ").append(token.token().label());
    text.append(rule(admitted.rule()));
    text.append(", place ").append(token.position()).append(" at ").append(time(token));
    text.append(label(", displacing ", admitted.displaced()));
    text.append(label(", from ", admitted.from()));
    admitted.warnings().forEach(warning -> text.append(", warning ").append(warning));
    return text.toString();
  }

  private static String of(Outcome.Rejected rejected) {
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

  private static String waiting(List<TokenView> waiting) {
    return waiting.isEmpty()
        ? "nobody waiting"
        : waiting.stream()
            .map(view -> view.token().label().toString())
            .collect(Collectors.joining(" ", "waiting ", ""));
  }

  private static String list(List<TokenView> views) {
    return views.stream()
        .map(view ->
            view.token().label()
                + " "
                + view.token().status()
                + (view.expectedAt() == null ? "" : " at " + time(view)))
        .collect(Collectors.joining(", "));
  }

  /// The time of day at which the patient can expect to be seen, UTC.
  public static String time(TokenView view) {
    Instant expected = view.expectedAt();
    return expected == null
        ? "no time"
        : expected.atOffset(ZoneOffset.UTC).toLocalTime().toString();
  }
}
