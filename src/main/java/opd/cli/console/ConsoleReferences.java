package opd.cli.console;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import opd.decision.Outcome;
import opd.decision.Response;
import opd.decision.TokenView;
import opd.domain.ErrorCode;
import opd.domain.OpdException;
import opd.domain.SlotLabel;
import opd.domain.TokenLabel;
import opd.domain.TokenReference;
import opd.service.QueueService.SlotQueue;
import org.jspecify.annotations.Nullable;

/// What was done last at a console, so that it need not be typed again: the chosen slot, the token
/// that was just handled, and the queue as it was last shown.
public final class ConsoleReferences {
  static final String LAST = "last";

  private @Nullable SlotLabel chosen;
  private @Nullable TokenLabel last;
  private boolean hasFailed;
  // By position: what was on the screen stays what is meant, whoever stands there now.
  private Map<Integer, TokenLabel> shown = Map.of();
  private boolean severalShown;

  public Optional<SlotLabel> chosenSlot() {
    return Optional.ofNullable(chosen);
  }

  Optional<TokenLabel> lastToken() {
    return Optional.ofNullable(last);
  }

  /// From now on that slot is meant. What was shown and handled before is forgotten: it was in
  /// another.
  ///
  /// @param slot null for none
  public void choose(@Nullable SlotLabel slot) {
    chosen = slot;
    last = null;
    asksForQueues();
  }

  /// After a command that failed, whichever it was, nobody is `last`: who types `cancel last` then
  /// means the patient of that command, and not the one before.
  public void failed() {
    last = null;
    hasFailed = true;
  }

  public void handled(Response<? extends Outcome> answer) {
    hasFailed = false;
    if (answer.isDryRun()) {
      return;
    }
    switch (answer.outcome()) {
      case Outcome.Admitted admitted -> last = label(admitted.token());
      // A refusal without a token leaves none: `cancel last` must not hit the patient before.
      case Outcome.Rejected rejected ->
          last = label(rejected.existing() == null ? rejected.from() : rejected.existing());
      case Outcome.TokenDone done -> last = label(done.token());
      case Outcome.ChangeRejected rejected -> last = label(rejected.token());
      case Outcome.Served served -> last = label(served.token());
      case Outcome.NobodyWaiting _ -> last = null;
      case Outcome.SlotDone _,
          Outcome.SlotDelayed _,
          Outcome.SlotMoved _,
          Outcome.SlotChanged _,
          Outcome.SlotReopened _,
          Outcome.SlotRejected _,
          Outcome.SlotsOpened _,
          Outcome.DoctorSaved _,
          Outcome.PatientSaved _,
          Outcome.PatientRejected _,
          Outcome.FacilitySaved _,
          Outcome.DoctorLate _,
          Outcome.DoctorAway _ -> {}
    }
  }

  private static @Nullable TokenLabel label(@Nullable TokenView view) {
    return view == null ? null : view.token().label();
  }

  /// What was shown before is not meant any more: another queue was asked for.
  public void asksForQueues() {
    shown = Map.of();
    severalShown = false;
  }

  public void shown(List<SlotQueue> queues) {
    List<SlotQueue> filled = queues.stream().filter(queue -> !queue.tokens().isEmpty()).toList();
    severalShown = filled.size() > 1;
    shown = new TreeMap<>();
    filled.stream()
        .flatMap(queue -> queue.tokens().stream())
        .filter(view -> view.position() != null)
        .forEach(view -> shown.put(view.position(), view.token().label()));
  }

  /// The token that `last`, `#3` or the number of one in the chosen slot means, or empty for any
  /// other text.
  ///
  /// @throws OpdException USAGE when nothing was handled or shown that it could mean, AMBIGUOUS
  ///   when several queues were shown
  public Optional<TokenReference> token(String text) {
    if (text.equals(LAST)) {
      return Optional.of(new TokenReference.ByLabel(lastHandled()));
    }
    if (chosen != null && text.matches("[0-9]{1,4}")) {
      return Optional.of(
          new TokenReference.ByLabel(new TokenLabel(chosen, Integer.parseInt(text))));
    }
    return text.matches("#[0-9]{1,4}")
        ? Optional.of(new TokenReference.ByLabel(inQueue(Integer.parseInt(text.substring(1)))))
        : Optional.empty();
  }

  private TokenLabel lastHandled() {
    if (last == null) {
      throw new OpdException(
          ErrorCode.USAGE,
          hasFailed
              ? "the last command failed, so `last` is nobody"
              : "the last request left no token",
          "name the token by its label, such as RAO-0900-07");
    }
    return last;
  }

  private TokenLabel inQueue(int position) {
    if (severalShown) {
      throw new OpdException(
          ErrorCode.AMBIGUOUS,
          "several queues were shown, so #" + position + " could be in any of them",
          "show one of them first, such as: queue RAO-0900");
    }
    TokenLabel token = shown.get(position);
    if (token == null) {
      throw new OpdException(
          ErrorCode.USAGE,
          "the queue that was last shown has no #" + position,
          "show it first, such as: queue RAO-0900");
    }
    return token;
  }
}
