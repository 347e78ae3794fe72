package opd.domain;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// What has happened to a patient who holds a place: who is here, who was called in, who is away
/// for a test or a payment. Who never calls anybody has [#NONE] everywhere.
///
/// @param arrivedAt when the desk noted that the patient is here, or null
/// @param calledAt when the patient was called in last, or null where no call stands
/// @param calls how often the patient was called, calls that were taken back included
/// @param room that the patient was called to, or null
/// @param parkedAt since when the patient is away, or null
/// @param callNumber of the last call's entry in the slot's chain, where it is known; else 0
public record Serving(
    @Nullable Instant arrivedAt,
    @Nullable Instant calledAt,
    int calls,
    @Nullable String room,
    @Nullable Instant parkedAt,
    long callNumber) {
  /// Nothing of it.
  public static final Serving NONE = new Serving(null, null, 0, null, null, 0);

  /// The longest name of a room, in characters.
  public static final int MOST_ROOM_CHARACTERS = 20;

  /// Whether it is [#NONE]. Not by `equals`, for which the JVM makes classes in every process, and
  /// every queue at the desk would wait for them.
  public boolean isNone() {
    return arrivedAt == null
        && calledAt == null
        && calls == 0
        && room == null
        && parkedAt == null
        && callNumber == 0;
  }

  /// Whether a call stands: the patient is on the way, or with the doctor.
  public boolean isCalled() {
    return calledAt != null;
  }

  /// Whether the patient is away.
  public boolean isParked() {
    return parkedAt != null;
  }

  /// Here; the first time counts.
  public Serving arrived(Instant at) {
    return new Serving(
        arrivedAt == null ? at : arrivedAt, calledAt, calls, room, parkedAt, callNumber);
  }

  /// Called in once more, which ends being away.
  ///
  /// @param to the room, or null
  /// @param number of the entry that tells of it, or 0 while nobody knows
  public Serving called(Instant at, @Nullable String to, long number) {
    return new Serving(arrivedAt, at, calls + 1, to, null, number);
  }

  /// Away, which takes the call back; the first time counts.
  public Serving parked(Instant at) {
    return new Serving(arrivedAt, null, calls, null, parkedAt == null ? at : parkedAt, 0);
  }

  /// Back, and not called.
  public Serving returned() {
    return new Serving(arrivedAt, calledAt, calls, room, null, callNumber);
  }

  /// Without the place: only the arrival stays, and how often the patient was called.
  public Serving displaced() {
    return isNone() ? this : new Serving(arrivedAt, null, calls, null, null, 0);
  }
}
