package opd.simulation.auditor;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import opd.domain.PatientKey;
import opd.domain.SlotLabel;
import opd.domain.SlotStatus;
import opd.domain.TokenLabel;
import opd.domain.TokenPriority;
import opd.domain.TokenStatus;
import opd.store.table.Inspection.SlotRow;
import org.jspecify.annotations.Nullable;

/// A slot as it must be, with every token it ever gave.
final class ModelSlot {
  final SlotLabel label;
  final Instant start;
  final Instant end;
  int capacity;
  SlotStatus status = SlotStatus.SCHEDULED;
  int delayMinutes;

  /// In the order of their numbers.
  final List<ModelToken> tokens = new ArrayList<>();

  private Instant lastEntryAt = Instant.MIN;
  private long entries;
  final ZoneId zone;

  ModelSlot(SlotLabel label, Instant start, Instant end, int capacity, ZoneId zone) {
    this.label = label;
    this.start = start;
    this.zone = zone;
    this.end = end;
    this.capacity = capacity;
  }

  boolean isOpen() {
    return switch (status) {
      case SCHEDULED, DELAYED -> true;
      case CANCELLED, COMPLETED -> false;
    };
  }

  /// The log gets an entry. Its time is never before the one that it follows.
  void log(Instant at) {
    entries++;
    lastEntryAt = timeOf(at);
  }

  /// The time of a decision that begins at this moment.
  Instant timeOf(Instant at) {
    return at.isAfter(lastEntryAt) ? at : lastEntryAt;
  }

  boolean hasEnded(Instant at) {
    return !timeOf(at).isBefore(end.plus(Duration.ofMinutes(delayMinutes)));
  }

  /// The ACTIVE tokens: who is seen first stands first.
  List<ModelToken> queue() {
    return inOrder(tokens.stream().filter(ModelToken::isActive).toList());
  }

  /// Who would lose the place first to an emergency. Who was called in is spared longer: first go
  /// those below EMERGENCY who were not called, then those who were; then emergencies, likewise. Of
  /// several the least urgent goes, and of those the last to come.
  List<ModelToken> firstToGo() {
    List<ModelToken> order = new ArrayList<>();
    for (boolean isEmergency : List.of(false, true)) {
      for (boolean isCalled : List.of(false, true)) {
        queue().reversed().stream()
            .filter(token -> (token.priority == TokenPriority.EMERGENCY) == isEmergency)
            .filter(token -> token.isCalled() == isCalled)
            .forEach(order::add);
      }
    }
    return order;
  }

  /// Whether anybody was ever called in here.
  boolean hasCalled() {
    return tokens.stream().anyMatch(token -> token.calls > 0);
  }

  static List<ModelToken> inOrder(List<ModelToken> unordered) {
    List<ModelToken> ordered = new ArrayList<>();
    for (ModelToken token : unordered) {
      int place = 0;
      while (place < ordered.size() && ordered.get(place).isBefore(token)) {
        place++;
      }
      ordered.add(place, token);
    }
    return ordered;
  }

  int free() {
    return isOpen() ? capacity - queue().size() : 0;
  }

  Optional<ModelToken> heldBy(PatientKey patient) {
    return tokens.stream()
        .filter(token -> token.isActive() && token.patient.equals(patient))
        .findFirst();
  }

  /// Whether somebody who did not name this slot is sent here: it is still to come, and gives a
  /// place without taking somebody else's.
  boolean takesFreely(PatientKey patient, Instant at) {
    return isFreeFor(patient) && !hasEnded(at);
  }

  /// Whether there is a place that the patient can have without taking somebody else's.
  boolean isFreeFor(PatientKey patient) {
    return free() > 0 && heldBy(patient).isEmpty();
  }

  ModelToken take(ModelToken.Claim claim, @Nullable TokenLabel from) {
    ModelToken token = new ModelToken(new TokenLabel(label, tokens.size() + 1), claim, from);
    tokens.add(token);
    return token;
  }

  /// Who waits for a place that became free.
  List<ModelToken> waiting() {
    return free() == 0
        ? List.of()
        : inOrder(
            tokens.stream()
                .filter(token -> token.isOwed() && heldBy(token.patient).isEmpty())
                .toList());
  }

  /// As `place 2 at 09:20`, of a token in the queue.
  ///
  /// @param at when it is asked for
  String placeOf(ModelToken token, Instant at) {
    int position = queue().indexOf(token) + 1;
    return "place " + position + " at " + expected(position, at);
  }

  /// When somebody in that place is told to come: as planned, or later where the plan is over.
  String expected(int position, Instant at) {
    long seconds = Duration.between(start, end).toSeconds();
    long planned =
        start.getEpochSecond()
            + delayMinutes * 60L
            + seconds * (count(TokenStatus.COMPLETED) + position - 1) / capacity;
    Instant now = timeOf(at);
    long soonest =
        now.getEpochSecond() + (now.getNano() > 0 ? 1 : 0) + seconds * (position - 1) / capacity;
    return Instant.ofEpochSecond(Math.max(planned, soonest)).atZone(zone).toLocalTime().toString();
  }

  String statusText() {
    String delay = status == SlotStatus.DELAYED ? " by " + delayMinutes + " minutes" : "";
    return label + " is " + status + delay;
  }

  private long count(TokenStatus wanted) {
    return tokens.stream().filter(token -> token.status == wanted).count();
  }

  /// What the database must show.
  SlotRow row() {
    String counts =
        List.of(TokenStatus.values()).stream()
            .map(wanted -> wanted + " " + count(wanted))
            .collect(Collectors.joining(", "));
    return new SlotRow(
        label.toString(),
        status + " +" + delayMinutes + ", " + counts + ", last number " + tokens.size(),
        entries,
        tokens.stream().map(ModelToken::line).toList());
  }
}
