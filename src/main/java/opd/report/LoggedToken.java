package opd.report;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import opd.decision.AuditEvent;
import opd.domain.TokenLabel;
import opd.domain.TokenPriority;
import opd.domain.TokenSource;
import opd.domain.TokenStatus;
import org.jspecify.annotations.Nullable;

/// A patient's place in a slot as the log tells of it.
///
/// @param given what the first of its entries tells
/// @param steps in their order; the first is the giving of the place
/// @param status in the end
public record LoggedToken(
    long id,
    TokenLabel label,
    long patient,
    AuditEvent.TokenAllocated given,
    List<Step> steps,
    TokenStatus status) {

  public LoggedToken {
    steps = List.copyOf(steps);
  }

  /// Something that happened to the token.
  ///
  /// @param entry the id of the entry that tells of it
  /// @param request the id of the request
  /// @param before null when the place was given
  /// @param after the same as before where only serving changed
  public record Step(
      long entry,
      Instant at,
      String actor,
      String request,
      AuditEvent event,
      @Nullable TokenStatus before,
      TokenStatus after) {
    boolean becomes(TokenStatus status) {
      return after == status && before != status;
    }
  }

  public TokenPriority priority() {
    return given.claim().priority();
  }

  public TokenSource source() {
    return given.claim().source();
  }

  /// When the place was given.
  public Instant givenAt() {
    return steps.getFirst().at();
  }

  /// The id of the request that gave the place.
  String request() {
    return steps.getFirst().request();
  }

  /// Who gave the place.
  public String givenBy() {
    return steps.getFirst().actor();
  }

  /// The token that this one follows, as its patient lost or gave up that one; or null.
  public @Nullable TokenLabel predecessor() {
    return given.reallocatedFrom() == null ? given.movedFrom() : given.reallocatedFrom();
  }

  /// Whether somebody asked for it, and it does not follow from another token.
  boolean isOfRequest() {
    return predecessor() == null;
  }

  /// The step that gave it the status that it has.
  Step last(TokenStatus wanted) {
    for (Step step : steps.reversed()) {
      if (step.becomes(wanted)) {
        return step;
      }
    }
    throw new IllegalStateException(label + " was never " + wanted);
  }

  /// The call that the doctor saw the patient on, and the completion that ended it; empty where one
  /// is missing, or where the token was completed with its whole slot.
  public Optional<Seen> seen() {
    Step call = null;
    Step end = null;
    for (Step step : steps) {
      switch (step.event()) {
        case AuditEvent.TokenCalled _ -> call = step;
        case AuditEvent.TokenCompleted(var withSlot) -> end = withSlot ? null : step;
        case AuditEvent.ChangeUndone _ -> end = null;
        case AuditEvent.TokenParked _, AuditEvent.TokenDisplaced _ -> call = null;
        case AuditEvent _ -> {}
      }
    }
    return call == null || end == null ? Optional.empty() : Optional.of(new Seen(call, end));
  }

  /// A patient with the doctor.
  public record Seen(Step call, Step end) {}

  /// Whether it was made good in another slot.
  boolean isReallocated() {
    return steps.stream().anyMatch(step -> step.event() instanceof AuditEvent.TokenReallocated);
  }
}
